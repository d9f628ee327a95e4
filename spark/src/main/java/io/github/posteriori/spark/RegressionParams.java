package io.github.posteriori.spark;

import org.apache.spark.ml.param.Param;

/**
 * The params of scoring numbers.
 *
 * @param <T> the class that has the params
 */
public interface RegressionParams<T> extends ScoringParams<T> {

  /** The column of standard deviations of the predicted numbers. */
  default Param<String> stdCol() {
    return new Param<>(this, "stdCol", "column of standard deviations of the predicted numbers");
  }

  /** Returns the name of the column of standard deviations of the predicted numbers. */
  default String getStdCol() {
    return getOrDefault(stdCol());
  }

  /** Names the column of standard deviations of the predicted numbers; {@code std} unless set. */
  default T setStdCol(String column) {
    return Setting.of(this, stdCol(), column);
  }

  /** The column of standard deviations that more data would remove. */
  default Param<String> epistemicStdCol() {
    return new Param<>(
        this, "epistemicStdCol", "column of standard deviations that more data would remove");
  }

  /** Returns the name of the column of standard deviations that more data would remove. */
  default String getEpistemicStdCol() {
    return getOrDefault(epistemicStdCol());
  }

  /**
   * Names the column of standard deviations that more data would remove; {@code epistemicStd}
   * unless set.
   */
  default T setEpistemicStdCol(String column) {
    return Setting.of(this, epistemicStdCol(), column);
  }

  /** The column of standard deviations of the noise. */
  default Param<String> aleatoricStdCol() {
    return new Param<>(this, "aleatoricStdCol", "column of standard deviations of the noise");
  }

  /** Returns the name of the column of standard deviations of the noise. */
  default String getAleatoricStdCol() {
    return getOrDefault(aleatoricStdCol());
  }

  /** Names the column of standard deviations of the noise; {@code aleatoricStd} unless set. */
  default T setAleatoricStdCol(String column) {
    return Setting.of(this, aleatoricStdCol(), column);
  }
}
