package io.github.posteriori.calibration;

import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Sets of classes that hold the true one with a promised probability, whatever the network, if new
 * examples come from where the held-out ones came from (split conformal prediction). The promise is
 * one over all examples: among those of one class, or of one kind, it may be broken.
 *
 * <p>A set holds the classes whose score is at most {@code threshold}; none may be.
 *
 * @param score of a class
 * @param threshold the highest score of a class in a set
 */
public record ConformalSets(SetScore score, double threshold) {

  /** Checks what they are made of. */
  public ConformalSets {
    Objects.requireNonNull(score, "score is null, expected SetScore.parse(\"lac\")");
  }

  /**
   * Finds the threshold that promises a coverage. The examples must be other ones than those that
   * the network, or a temperature, was fitted to.
   *
   * @param probabilities of each example, for each class
   * @param u of each example, see {@link #uniform}
   * @param labels the true class of each example
   * @param coverage probability with which sets are to hold the true class
   * @throws IllegalArgumentException when the coverage is no share, or the examples are too few to
   *     promise it: it takes {@code 1 / (1 - coverage) - 1}
   */
  public static ConformalSets fit(
      SetScore score, double[][] probabilities, double[] u, int[] labels, double coverage) {
    double[] scores =
        IntStream.range(0, labels.length)
            .mapToDouble(i -> score.of(probabilities[i], u[i])[labels[i]])
            .toArray();
    return new ConformalSets(score, ConformalQuantile.of(scores, coverage));
  }

  /**
   * Returns the fewest examples that can promise a coverage: {@code 1 / (1 - coverage) - 1}.
   *
   * @throws IllegalArgumentException when the coverage is no share
   */
  public static long enough(double coverage) {
    return ConformalQuantile.enough(coverage);
  }

  /**
   * Returns the classes in the set of one example, by rising number.
   *
   * @param probabilities of all classes
   * @param u of the example, see {@link #uniform}
   */
  public int[] classes(double[] probabilities, double u) {
    double[] scores = score.of(probabilities, u);
    return IntStream.range(0, scores.length).filter(k -> scores[k] <= threshold).toArray();
  }

  /**
   * Returns a number from 0 to 1 that looks random and belongs to an example: a hash of its
   * numbers. So an example has the same set whenever it is asked for, and the score is a function
   * of the example and the class, of which the promise holds whatever function it is.
   *
   * @param examples numbers of several, one after the other
   * @param start of the example's numbers
   * @param size how many there are
   */
  public static double uniform(float[] examples, int start, int size) {
    long state = size;
    for (int i = start; i < start + size; i++) {
      state = mix(state ^ Float.floatToIntBits(examples[i]));
    }
    return (state >>> 11) * 0x1.0p-53;
  }

  /** Mixes the bits of a word (SplitMix64; Steele, Lea, Flood 2014). */
  private static long mix(long word) {
    long z = word + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
