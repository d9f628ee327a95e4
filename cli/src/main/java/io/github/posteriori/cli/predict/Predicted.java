package io.github.posteriori.cli.predict;

import io.github.posteriori.BayesModule;
import io.github.posteriori.LabelPrediction;
import io.github.posteriori.ValuePrediction;
import io.github.posteriori.cli.run.PredictedNumber;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network says of one picture or row, as its likelihood has it. */
public sealed interface Predicted permits PredictedClass, PredictedValue, PredictedLabel {

  /**
   * Asks a network: for a class, for each of its numbers, or for each of its labels.
   *
   * @param one a batch of one
   */
  static List<? extends Predicted> of(BayesModule module, INDArray one, int samples) {
    return switch (module.likelihood().kind()) {
      case CLASSES -> List.of(PredictedClass.of(module, one, module.predict(one, samples)));
      case VALUES -> values(module, module.predictValues(one, samples));
      case LABELS -> labels(module.predictLabels(one, samples));
    };
  }

  private static List<PredictedValue> values(BayesModule module, ValuePrediction prediction) {
    List<PredictedNumber> numbers = PredictedNumber.of(module, prediction.distributions().get(0));
    return IntStream.range(0, numbers.size())
        .mapToObj(k -> PredictedValue.of(prediction.targetNames().get(k), numbers.get(k)))
        .toList();
  }

  private static List<PredictedLabel> labels(LabelPrediction prediction) {
    return IntStream.range(0, prediction.labelNames().size())
        .mapToObj(
            k ->
                new PredictedLabel(
                    prediction.labelNames().get(k),
                    prediction.probabilities().getDouble(0, k),
                    prediction.epistemic().getDouble(0, k),
                    prediction.aleatoric().getDouble(0, k)))
        .toList();
  }

  /** What is said, in one line. */
  String line();
}
