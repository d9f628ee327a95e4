package io.github.posteriori.cli.predict;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.Prediction;
import java.util.List;
import java.util.Locale;

/**
 * What a network says of one picture, as {@code predict} reports it.
 *
 * @param name of the most probable class
 * @param index its number, from 0
 * @param probability of that class
 * @param epistemic variance that more data would remove, summed over classes
 * @param aleatoric variance that lies in the data, summed over classes
 */
@JsonPropertyOrder({"class", "index", "probability", "epistemic", "aleatoric"})
public record PredictedClass(
    @JsonProperty("class") String name,
    int index,
    double probability,
    double epistemic,
    double aleatoric)
    implements Predicted {

  @Override
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s, probability %.4f, epistemic %.6f, aleatoric %.6f",
        name,
        probability,
        epistemic,
        aleatoric);
  }

  /** Sums up the prediction of a batch of one, by a network of these classes. */
  public static PredictedClass of(List<String> classNames, Prediction prediction) {
    int index = prediction.classes()[0];
    return new PredictedClass(
        classNames.get(index),
        index,
        prediction.probabilities().getDouble(0, index),
        prediction.epistemic().sumNumber().doubleValue(),
        prediction.aleatoric().sumNumber().doubleValue());
  }
}
