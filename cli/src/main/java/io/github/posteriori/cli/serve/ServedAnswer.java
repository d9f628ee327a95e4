package io.github.posteriori.cli.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Prediction;
import io.github.posteriori.PredictiveSamples;
import io.github.posteriori.cli.predict.PredictedClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is answered for a picture.
 *
 * @param predicted as {@code predict} reports it
 * @param refused whether the network is too unsure to be trusted
 * @param threshold lowest probability that is not refused; null where all are
 * @param probabilities by class name, in the order of the classes
 * @param quantiles of each class's probability over posterior samples, at {@link #SHARES}
 * @param hint what may be wrong with the picture; null where nothing is
 */
@JsonPropertyOrder({"predicted", "refused", "threshold", "probabilities", "quantiles", "hint"})
record ServedAnswer(
    @JsonUnwrapped PredictedClass predicted,
    boolean refused,
    Double threshold,
    Map<String, Double> probabilities,
    Map<String, double[]> quantiles,
    @JsonInclude(JsonInclude.Include.NON_NULL) String hint) {
  /** The quantiles that show how a probability is spread. */
  static final List<Double> SHARES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

  /**
   * Sums up the samples of an example.
   *
   * @param one the example, a batch of one
   */
  static ServedAnswer of(
      BayesModule module,
      INDArray one,
      PredictiveSamples samples,
      OptionalDouble threshold,
      String hint) {
    List<String> classNames = module.classNames();
    Prediction prediction = samples.prediction();
    PredictedClass predicted = PredictedClass.of(module, one, prediction);
    List<double[]> quantiles = SHARES.stream().map(samples::quantile).toList();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    Map<String, double[]> spread = new LinkedHashMap<>();
    for (int k = 0; k < classNames.size(); k++) {
      int label = k;
      probabilities.put(classNames.get(k), prediction.probabilities().getDouble(0, k));
      spread.put(classNames.get(k), quantiles.stream().mapToDouble(q -> q[label]).toArray());
    }
    boolean refused = threshold.isEmpty() || predicted.probability() < threshold.getAsDouble();
    return new ServedAnswer(
        predicted,
        refused,
        threshold.isEmpty() ? null : threshold.getAsDouble(),
        probabilities,
        spread,
        hint);
  }
}
