package io.github.posteriori.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Setters of params, which return the object that they are called on. */
final class Setting {
  private Setting() {}

  /**
   * Sets a param.
   *
   * @param <T> the class of {@code owner}
   * @throws IllegalArgumentException when the param does not take the value
   */
  @SuppressWarnings("unchecked") // interfaces of params are implemented with the class itself as T
  static <T, V> T of(Params owner, Param<V> param, V value) {
    return (T) owner.set(param, value);
  }

  /** Sets the defaults of the params of scoring. */
  static void defaults(ScoringParams<?> owner) {
    owner.setDefault(owner.featuresCol(), "features");
    owner.setDefault(owner.predictionCol(), "prediction");
    owner.setDefault(owner.samples(), 25);
    owner.setDefault(owner.scoringBatchSize(), 256);
    owner.setDefault(owner.handleInvalid(), HandleInvalid.ERROR.toString());
    owner.setDefault(owner.errorCol(), "error");
  }

  /** Sets the defaults of the params of classification. */
  static void defaults(ClassificationParams<?> owner) {
    defaults((ScoringParams<?>) owner);
    owner.setDefault(owner.probabilityCol(), "probability");
    owner.setDefault(owner.rawPredictionCol(), "rawPrediction");
    owner.setDefault(owner.epistemicCol(), "epistemic");
    owner.setDefault(owner.aleatoricCol(), "aleatoric");
    owner.setDefault(owner.entropyCol(), "entropy");
    owner.setDefault(owner.mutualInformationCol(), "mutualInformation");
  }

  /** Sets the defaults of the params of regression. */
  static void defaults(RegressionParams<?> owner) {
    defaults((ScoringParams<?>) owner);
    owner.setDefault(owner.stdCol(), "std");
    owner.setDefault(owner.epistemicStdCol(), "epistemicStd");
    owner.setDefault(owner.aleatoricStdCol(), "aleatoricStd");
  }
}
