package io.github.posteriori.moments;

/** A layer, as a map from the moments of its input to those of its output. */
@FunctionalInterface
interface MomentMap {

  /**
   * Returns the moments of the output: {@code x} itself, or arrays of their own.
   *
   * @param x stays as it is, since others may take it
   * @param spare has the arrays of the output
   */
  Moments forward(Moments x, SpareArrays spare);
}
