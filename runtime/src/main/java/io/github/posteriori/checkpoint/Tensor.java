package io.github.posteriori.checkpoint;

import io.github.posteriori.layers.Mask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A float32 tensor of a checkpoint.
 *
 * @param shape its dimensions
 * @param values row-major, as many as the product of the dimensions
 * @param mask which values are kept, where others are pruned, which all have one value
 */
public record Tensor(long[] shape, float[] values, Optional<Mask> mask) {

  /** A tensor of which nothing is pruned. */
  public Tensor(long[] shape, float[] values) {
    this(shape, values, Optional.empty());
  }

  /** Puts a pruned tensor together from the values kept and the one that all others have. */
  static Tensor pruned(long[] shape, float[] kept, Mask mask, float value) {
    return new Tensor(shape, mask.expand(kept, value), Optional.of(mask));
  }

  /** Returns the value of all that is pruned; 0 where nothing is. */
  float pruned() {
    for (int i = 0; mask.isPresent() && i < values.length; i++) {
      if (!mask.get().keeps(i)) {
        return values[i];
      }
    }
    return 0;
  }

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
