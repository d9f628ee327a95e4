package io.github.posteriori;

import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Predicted numbers, in the units of the training set, with their uncertainty. Each is a mixture of
 * the distributions that the posterior samples predict; by the law of total variance, {@code std^2
 * = epistemicStd^2 + aleatoricStd^2}.
 *
 * @param targetNames the names of the numbers
 * @param distributions of each example, one for each name
 * @param samples T, the number of posterior samples
 */
public record ValuePrediction(
    List<String> targetNames, List<List<ValueDistribution>> distributions, int samples) {

  public ValuePrediction {
    targetNames = List.copyOf(targetNames);
    distributions = distributions.stream().map(List::copyOf).toList();
  }

  /** Returns the means, {@code [batch, targets]}; like all arrays of type double. */
  public INDArray mean() {
    return each(ValueDistribution::mean);
  }

  /** Returns the standard deviations of the samples' means, which more data would remove. */
  public INDArray epistemicStd() {
    return each(distribution -> Math.sqrt(distribution.epistemicVariance()));
  }

  /** Returns the standard deviations of the noise that the samples expect on average. */
  public INDArray aleatoricStd() {
    return each(distribution -> Math.sqrt(distribution.aleatoricVariance()));
  }

  /** Returns the standard deviations of the predicted numbers. */
  public INDArray std() {
    return each(ValueDistribution::std);
  }

  /**
   * Returns a quantile of each predicted number. The central interval of 95 % lies between those of
   * 0.025 and 0.975.
   *
   * @param share above 0 and below 1
   * @throws IllegalArgumentException when {@code share} is not
   */
  public INDArray quantile(double share) {
    ValueDistribution.requireShare(share);
    return each(distribution -> distribution.quantile(share));
  }

  @SuppressWarnings("try") // a workspace scope works by being open
  private INDArray each(ToDoubleFunction<ValueDistribution> number) {
    double[] numbers = distributions.stream().flatMap(List::stream).mapToDouble(number).toArray();
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.create(
          numbers, new long[] {distributions.size(), targetNames.size()}, DataType.DOUBLE);
    }
  }
}
