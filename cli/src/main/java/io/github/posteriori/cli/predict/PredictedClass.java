package io.github.posteriori.cli.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network says of one picture, as {@code predict} reports it.
 *
 * @param name of the most probable class
 * @param index its number, from 0
 * @param probability of that class
 * @param epistemic variance that more data would remove, summed over classes
 * @param aleatoric variance that lies in the data, summed over classes
 * @param classes the set that holds the true class with the promised probability; null unless the
 *     network is calibrated
 */
@JsonPropertyOrder({"class", "index", "probability", "epistemic", "aleatoric", "classes"})
public record PredictedClass(
    @JsonProperty("class") String name,
    int index,
    double probability,
    double epistemic,
    double aleatoric,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> classes)
    implements Predicted {

  @Override
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s, probability %.4f, epistemic %.6f, aleatoric %.6f%s",
        name,
        probability,
        epistemic,
        aleatoric,
        classes == null ? "" : ", set {" + String.join(", ", classes) + "}");
  }

  /**
   * Sums up the prediction of a batch of one.
   *
   * @param one the example
   */
  public static PredictedClass of(BayesModule module, INDArray one, Prediction prediction) {
    List<String> names = module.classNames();
    int index = prediction.classes()[0];
    List<String> set =
        module.calibration().isEmpty()
            ? null
            : Arrays.stream(module.sets(one, prediction).get(0)).mapToObj(names::get).toList();
    return new PredictedClass(
        names.get(index),
        index,
        prediction.probabilities().getDouble(0, index),
        prediction.epistemic().sumNumber().doubleValue(),
        prediction.aleatoric().sumNumber().doubleValue(),
        set);
  }
}
