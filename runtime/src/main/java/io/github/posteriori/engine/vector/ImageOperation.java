package io.github.posteriori.engine.vector;

/**
 * Computes a layer on one image, in evaluation mode. Arrays are those of {@link ImageSignal}; the
 * result may be x itself, or an array that the next call overwrites.
 */
@FunctionalInterface
interface ImageOperation {

  /**
   * Computes y = f(x).
   *
   * @param isKnown whether x is what the last call was given
   */
  float[] forward(float[] x, boolean isKnown);

  /** Whether y differs between posterior samples of the same x. */
  default boolean draws() {
    return false;
  }
}
