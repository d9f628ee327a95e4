package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.TestTimeAugmentation;
import io.github.posteriori.cli.predict.Willingness;
import io.github.posteriori.likelihood.TargetKind;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** The option of commands that can leave examples unanswered. */
final class RiskOption {
  @Option(
      names = "--risk",
      paramLabel = "R",
      description =
          "share of wrong answers that is accepted: what is less sure than the examples held out"
              + " ask for is refused (default: all is answered)")
  private Double risk;

  /**
   * Returns which answers of a network are given, if a risk is stated.
   *
   * @throws IllegalArgumentException when nothing is known of what the network risks
   */
  Optional<Willingness> of(BayesModule module) {
    if (risk == null) {
      return Optional.empty();
    }
    if (module.likelihood().kind() != TargetKind.CLASSES) {
      throw refused("the network predicts " + module.likelihood().targetNames(), "one of classes");
    }
    if (module.predictor() instanceof TestTimeAugmentation) {
      throw refused("--tta stands beside it", "predictions of the kind that was measured");
    }
    return Optional.of(
        new Willingness(module.selectiveRisk(), OptionalDouble.of(risk), OptionalDouble.empty()));
  }

  private IllegalArgumentException refused(String found, String expected) {
    return new IllegalArgumentException(
        "risk is %s, but %s, expected %s: leave it out".formatted(risk, found, expected));
  }
}
