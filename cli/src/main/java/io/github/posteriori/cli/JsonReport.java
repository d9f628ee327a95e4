package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Predictor;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.cli.run.ShownScore;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Report of {@code train} and {@code evaluate} with {@code --json}; null where a command does not
 * measure a value; without {@code method} for the posterior.
 */
record JsonReport(
    String dataset,
    String net,
    String kind,
    String estimator,
    String method,
    String engine,
    Integer epochs,
    Double trainLoss,
    double kl,
    ShownScore score,
    Double validScore,
    Map<String, ?> test,
    String checkpoint,
    double seconds) {

  /**
   * The keys in their order. The score and what is measured on the test part are the likelihood's.
   */
  @JsonValue
  Map<String, Object> keys() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("dataset", dataset);
    keys.put("net", net);
    keys.put("kind", kind);
    keys.put("estimator", estimator);
    if (method != null) {
      keys.put("method", method);
    }
    keys.put("engine", engine);
    keys.put("epochs", epochs);
    keys.put("train_loss", trainLoss);
    keys.put("kl", kl);
    keys.put("valid_" + score.key(), validScore);
    keys.putAll(test);
    keys.put("checkpoint", checkpoint);
    keys.put("seconds", seconds);
    return keys;
  }

  /** Names the method by which a module predicts; null for its posterior. */
  static String method(BayesModule module) {
    return module.predictor() == Predictor.posterior() ? null : module.predictor().method();
  }

  static String name(Estimator estimator) {
    return estimator.name().toLowerCase(Locale.ROOT);
  }
}
