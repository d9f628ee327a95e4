package io.github.posteriori.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A float32 tensor of a checkpoint.
 *
 * @param shape its dimensions
 * @param values row-major, as many as the product of the dimensions
 */
public record Tensor(long[] shape, float[] values) {

  /** Returns the values as checkpoints store them: four bytes each, little-endian. */
  public ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /**
   * Throws if a value is NaN or infinite: a single one would make every prediction NaN.
   *
   * @return this
   */
  public Tensor requireFinite(String name, CheckpointInput input) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw input.damaged("tensor " + name + " holds " + value, "finite numbers");
      }
    }
    return this;
  }

  @Override
  public String toString() {
    return "F32" + Arrays.toString(shape);
  }
}
