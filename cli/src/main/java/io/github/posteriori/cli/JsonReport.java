package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.uncertainty.Metrics;
import java.util.Locale;

/**
 * Report of {@code train} and {@code evaluate} with {@code --json}; null where a command does not
 * measure a value.
 */
@JsonPropertyOrder({
  "dataset",
  "net",
  "kind",
  "estimator",
  "engine",
  "epochs",
  "train_loss",
  "kl",
  "valid_accuracy",
  "test_accuracy",
  "test_nll",
  "test_ece",
  "test_brier",
  "test_adaptive_ece",
  "test_aurc",
  "checkpoint",
  "seconds"
})
record JsonReport(
    String dataset,
    String net,
    String kind,
    String estimator,
    String engine,
    Integer epochs,
    @JsonProperty("train_loss") Double trainLoss,
    double kl,
    @JsonProperty("valid_accuracy") Double validAccuracy,
    @JsonProperty("test_accuracy") double testAccuracy,
    @JsonProperty("test_nll") double testNll,
    @JsonProperty("test_ece") double testEce,
    @JsonProperty("test_brier") double testBrier,
    @JsonProperty("test_adaptive_ece") double testAdaptiveEce,
    @JsonProperty("test_aurc") double testAurc,
    String checkpoint,
    double seconds) {

  JsonReport(
      String dataset,
      String net,
      String kind,
      String estimator,
      String engine,
      Integer epochs,
      Double trainLoss,
      double kl,
      Double validAccuracy,
      Metrics test,
      String checkpoint,
      double seconds) {
    this(
        dataset,
        net,
        kind,
        estimator,
        engine,
        epochs,
        trainLoss,
        kl,
        validAccuracy,
        test.accuracy(),
        test.nll(),
        test.ece(),
        test.brier(),
        test.adaptiveEce(),
        test.aurc(),
        checkpoint,
        seconds);
  }

  static String name(Estimator estimator) {
    return estimator.name().toLowerCase(Locale.ROOT);
  }
}
