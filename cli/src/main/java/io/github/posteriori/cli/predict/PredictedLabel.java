package io.github.posteriori.cli.predict;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;

/**
 * What a network says of one of several labels, as {@code predict} reports it.
 *
 * @param label its name
 * @param probability that it holds
 * @param epistemic variance that more data would remove
 * @param aleatoric variance that lies in the data
 */
@JsonPropertyOrder({"label", "probability", "epistemic", "aleatoric"})
public record PredictedLabel(String label, double probability, double epistemic, double aleatoric)
    implements Predicted {

  @Override
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s, probability %.4f, epistemic %.6f, aleatoric %.6f",
        label,
        probability,
        epistemic,
        aleatoric);
  }
}
