package io.github.posteriori.data;

/** The two parts that a published set comes in. */
public enum Part {
  /** The images to learn from. */
  TRAIN,
  /** The images to measure on. */
  TEST
}
