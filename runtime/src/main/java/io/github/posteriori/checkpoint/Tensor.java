package io.github.posteriori.checkpoint;

import java.util.Arrays;

/**
 * A float32 tensor of a checkpoint.
 *
 * @param shape its dimensions
 * @param values row-major
 */
record Tensor(long[] shape, float[] values) {

  @Override
  public String toString() {
    return "F32" + Arrays.toString(shape);
  }
}
