package io.github.posteriori.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of numbers in checkpoints, by their names in safetensors; weights first. */
public enum NumberType {
  F32(4) {
    @Override
    float number(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  F64(8) {
    @Override
    float number(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  F16(2) {
    /**
     * Reads IEEE 754 binary16: shifted into a float's bits, its exponent is 127 - 15 too small, and
     * the product that corrects it is exact.
     */
    @Override
    float number(ByteBuffer bytes) {
      short half = bytes.getShort();
      int magnitude = (half & 0x7fff) << 13;
      boolean finite = (half & 0x7c00) != 0x7c00;
      float number =
          finite
              ? Float.intBitsToFloat(magnitude) * 0x1p112f
              : Float.intBitsToFloat(magnitude | 0x7f800000);
      return half < 0 ? -number : number;
    }
  },
  BF16(2) {
    /** Reads bfloat16, the upper half of a float. */
    @Override
    float number(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private final int size;

  NumberType(int size) {
    this.size = size;
  }

  /** Returns the type of that name. */
  static Optional<NumberType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The size of one number in bytes. */
  public int size() {
    return size;
  }

  /**
   * Returns whether numbers of this type are weights; others are counters, such as batches seen,
   * and flags.
   */
  public boolean isFloating() {
    return compareTo(I64) < 0;
  }

  /** Returns whether every float is a number of this type. */
  boolean holdsFloats() {
    return this == F32 || this == F64;
  }

  /** Converts all numbers in {@code bytes}, in their byte order, to the nearest floats. */
  public float[] floats(ByteBuffer bytes) {
    float[] numbers = new float[bytes.remaining() / size];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(bytes);
    }
    return numbers;
  }

  float number(ByteBuffer bytes) {
    throw new UnsupportedOperationException(this + " holds no weights");
  }
}
