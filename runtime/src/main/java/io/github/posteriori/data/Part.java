package io.github.posteriori.data;

/** The two parts of a published set. */
public enum Part {
  /** The training images. */
  TRAIN,
  /** The test images. */
  TEST
}
