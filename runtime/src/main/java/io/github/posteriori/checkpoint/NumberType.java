package io.github.posteriori.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of numbers in checkpoints, by their names in safetensors; weights first. */
public enum NumberType {
  /** IEEE 754 binary32, a Java float. */
  F32(4) {
    @Override
    float number(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  /** IEEE 754 binary64, a Java double. */
  F64(8) {
    @Override
    float number(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  /** IEEE 754 binary16. */
  F16(2) {
    /**
     * Converts by a shift and a product: shifted into a float's bits, the exponent is 127 - 15 too
     * small, and the product that corrects it is exact.
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
  /** The upper half of a float. */
  BF16(2) {
    @Override
    float number(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  /** Signed integers of 8 bytes. */
  I64(8),
  /** Of 4 bytes. */
  I32(4),
  /** Of 2 bytes. */
  I16(2),
  /** Of a byte. */
  I8(1),
  /** Unsigned integers of 8 bytes. */
  U64(8),
  /** Of 4 bytes. */
  U32(4),
  /** Of 2 bytes. */
  U16(2),
  /** Of a byte. */
  U8(1),
  /** Truth values of a byte each. */
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
