package io.github.posteriori.moments;

/** A layer, as a map from the moments of its input to those of its output. */
@FunctionalInterface
interface MomentMap {

  /** Returns the moments of the output; {@code x} stays as it is, since others may take it. */
  Moments forward(Moments x);
}
