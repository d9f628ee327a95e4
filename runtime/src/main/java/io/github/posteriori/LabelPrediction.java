package io.github.posteriori;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Probabilities of several labels at once, averaged over posterior samples, with their uncertainty.
 *
 * <p>With probabilities p_t of sample t of T and their mean p: epistemic is {@code (1/T) sum (p_t -
 * p)^2}, aleatoric {@code (1/T) sum p_t (1 - p_t)}; the two add up to {@code p (1 - p)}.
 *
 * @param labelNames the names of the labels
 * @param probabilities p, {@code [batch, labels]}; all arrays are of type double
 * @param epistemic variance that more data would remove, {@code [batch, labels]}
 * @param aleatoric variance inherent in the data, {@code [batch, labels]}
 * @param samples T, the number of posterior samples
 */
public record LabelPrediction(
    List<String> labelNames,
    INDArray probabilities,
    INDArray epistemic,
    INDArray aleatoric,
    int samples) {

  public LabelPrediction {
    labelNames = List.copyOf(labelNames);
  }

  /** Creates the prediction from the distributions of 0 and 1. */
  static LabelPrediction of(ValuePrediction bits) {
    return new LabelPrediction(
        bits.targetNames(),
        bits.mean(),
        square(bits.epistemicStd()),
        square(bits.aleatoricStd()),
        bits.samples());
  }

  private static INDArray square(INDArray deviations) {
    return deviations.mul(deviations);
  }

  /** Returns the names of the labels of example {@code index} whose probability is at least 1/2. */
  public List<String> labels(int index) {
    return IntStream.range(0, labelNames.size())
        .filter(k -> probabilities.getDouble(index, k) >= 0.5)
        .mapToObj(labelNames::get)
        .toList();
  }
}
