package io.github.posteriori.spark;

import org.apache.spark.ml.param.Param;

/**
 * The params of scoring classes.
 *
 * @param <T> the class that has the params
 */
public interface ClassificationParams<T> extends ScoringParams<T> {

  /** The column of class probabilities, vectors. */
  default Param<String> probabilityCol() {
    return new Param<>(this, "probabilityCol", "column of class probabilities, vectors");
  }

  /** Returns the name of the column of class probabilities, vectors. */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /** Names the column of class probabilities, vectors; {@code probability} unless set. */
  default T setProbabilityCol(String column) {
    return Setting.of(this, probabilityCol(), column);
  }

  /** The column of logarithms of class probabilities, vectors. */
  default Param<String> rawPredictionCol() {
    return new Param<>(
        this, "rawPredictionCol", "column of logarithms of class probabilities, vectors");
  }

  /** Returns the name of the column of logarithms of class probabilities, vectors. */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /**
   * Names the column of logarithms of class probabilities, vectors; {@code rawPrediction} unless
   * set.
   */
  default T setRawPredictionCol(String column) {
    return Setting.of(this, rawPredictionCol(), column);
  }

  /** The column of variances that more data would remove, summed over classes. */
  default Param<String> epistemicCol() {
    return new Param<>(
        this,
        "epistemicCol",
        "column of variances that more data would remove, summed over classes");
  }

  /**
   * Returns the name of the column of variances that more data would remove, summed over classes.
   */
  default String getEpistemicCol() {
    return getOrDefault(epistemicCol());
  }

  /**
   * Names the column of variances that more data would remove, summed over classes; {@code
   * epistemic} unless set.
   */
  default T setEpistemicCol(String column) {
    return Setting.of(this, epistemicCol(), column);
  }

  /** The column of variances inherent in the data, summed over classes. */
  default Param<String> aleatoricCol() {
    return new Param<>(
        this, "aleatoricCol", "column of variances inherent in the data, summed over classes");
  }

  /** Returns the name of the column of variances inherent in the data, summed over classes. */
  default String getAleatoricCol() {
    return getOrDefault(aleatoricCol());
  }

  /**
   * Names the column of variances inherent in the data, summed over classes; {@code aleatoric}
   * unless set.
   */
  default T setAleatoricCol(String column) {
    return Setting.of(this, aleatoricCol(), column);
  }

  /** The column of entropies of the class probabilities in nats. */
  default Param<String> entropyCol() {
    return new Param<>(
        this, "entropyCol", "column of entropies of the class probabilities in nats");
  }

  /** Returns the name of the column of entropies of the class probabilities in nats. */
  default String getEntropyCol() {
    return getOrDefault(entropyCol());
  }

  /**
   * Names the column of entropies of the class probabilities in nats; {@code entropy} unless set.
   */
  default T setEntropyCol(String column) {
    return Setting.of(this, entropyCol(), column);
  }

  /** The column of mutual information between class and weights in nats. */
  default Param<String> mutualInformationCol() {
    return new Param<>(
        this,
        "mutualInformationCol",
        "column of mutual information between class and weights in nats");
  }

  /** Returns the name of the column of mutual information between class and weights in nats. */
  default String getMutualInformationCol() {
    return getOrDefault(mutualInformationCol());
  }

  /**
   * Names the column of mutual information between class and weights in nats; {@code
   * mutualInformation} unless set.
   */
  default T setMutualInformationCol(String column) {
    return Setting.of(this, mutualInformationCol(), column);
  }
}
