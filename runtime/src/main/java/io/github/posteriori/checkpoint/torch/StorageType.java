package io.github.posteriori.checkpoint.torch;

import java.nio.ByteBuffer;

/** The types of numbers that PyTorch stores, by the name of the class of their storage. */
enum StorageType implements PickleValue.Global {
  FLOAT("FloatStorage", 4, true) {
    @Override
    float number(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  DOUBLE("DoubleStorage", 8, true) {
    @Override
    float number(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  HALF("HalfStorage", 2, true) {
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
  BFLOAT16("BFloat16Storage", 2, true) {
    /** Reads bfloat16, the upper half of a float. */
    @Override
    float number(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  LONG("LongStorage", 8, false),
  INT("IntStorage", 4, false),
  SHORT("ShortStorage", 2, false),
  CHAR("CharStorage", 1, false),
  BYTE("ByteStorage", 1, false),
  BOOL("BoolStorage", 1, false);

  private final String storageClass;
  private final int size;
  private final boolean floating;

  StorageType(String storageClass, int size, boolean floating) {
    this.storageClass = storageClass;
    this.size = size;
    this.floating = floating;
  }

  @Override
  public String global() {
    return "torch." + storageClass;
  }

  /** The size of one number in bytes. */
  int size() {
    return size;
  }

  /**
   * Returns whether numbers of this type are weights; others are counters, such as batches seen.
   */
  boolean floating() {
    return floating;
  }

  /** Converts all numbers in {@code bytes} to the nearest floats. */
  float[] floats(ByteBuffer bytes) {
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
