package io.github.posteriori.engine;

import java.util.Arrays;

/**
 * The moments of the values of a batch, or of a part of it, over which batch normalisation
 * normalises.
 *
 * @param observations number of values of each channel
 * @param means {@code [channels]}
 * @param squares sums of squared deviations from the mean, {@code [channels]}
 */
public record BatchMoments(double observations, double[] means, double[] squares) {

  /** Returns the moments of the whole batch, of which each shard has a part. */
  public BatchMoments of(AllGather shards) {
    return ShardTree.reduce(
        Arrays.stream(shards.gather(packed())).map(BatchMoments::unpacked).toList(),
        BatchMoments::merge);
  }

  /** The variance of a channel, by the number of its values. */
  public double variance(int channel) {
    return Math.max(0, squares[channel] / observations);
  }

  private double[] packed() {
    int channels = means.length;
    double[] numbers = new double[1 + 2 * channels];
    numbers[0] = observations;
    System.arraycopy(means, 0, numbers, 1, channels);
    System.arraycopy(squares, 0, numbers, 1 + channels, channels);
    return numbers;
  }

  private static BatchMoments unpacked(double[] numbers) {
    int second = (1 + numbers.length) / 2;
    return new BatchMoments(
        numbers[0],
        Arrays.copyOfRange(numbers, 1, second),
        Arrays.copyOfRange(numbers, second, numbers.length));
  }

  /**
   * Merges the moments of two parts (Chan, Golub and LeVeque 1983, "Algorithms for computing the
   * sample variance"), with n = n1 + n2 and d = mean2 - mean1:
   *
   * <pre>
   *   mean = mean1 + d n2 / n
   *   squares = squares1 + squares2 + d^2 n1 n2 / n
   * </pre>
   */
  private static BatchMoments merge(BatchMoments one, BatchMoments other) {
    double n = one.observations + other.observations;
    double[] means = new double[one.means.length];
    double[] squares = new double[means.length];
    for (int c = 0; c < means.length; c++) {
      double distance = other.means[c] - one.means[c];
      means[c] = one.means[c] + distance * other.observations / n;
      squares[c] =
          one.squares[c]
              + other.squares[c]
              + distance * distance * one.observations * other.observations / n;
    }
    return new BatchMoments(n, means, squares);
  }
}
