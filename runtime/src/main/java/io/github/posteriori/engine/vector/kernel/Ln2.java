package io.github.posteriori.engine.vector.kernel;

/** Splits ln 2 in two parts (Cody and Waite 1980): small whole multiples of the first are exact. */
final class Ln2 {
  static final float HIGH = 0.693359375f;
  static final float LOW = -2.12194440e-4f;

  private Ln2() {}
}
