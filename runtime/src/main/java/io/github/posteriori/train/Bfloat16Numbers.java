package io.github.posteriori.train;

/** Floats rounded to their upper 16 bits: the same exponents, 8 significant bits in place of 24. */
final class Bfloat16Numbers {
  private Bfloat16Numbers() {}

  static short[] round(float[] numbers) {
    short[] rounded = new short[numbers.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = round(numbers[i]);
    }
    return rounded;
  }

  /** Rounds to the nearest, ties to even. */
  static short round(float number) {
    int bits = Float.floatToRawIntBits(number);
    if (Float.isNaN(number)) {
      return (short) (bits >>> 16 | 0x40); // whose lower bits alone might say that it is none
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }

  static float[] floats(short[] rounded) {
    float[] numbers = new float[rounded.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(rounded[i]);
    }
    return numbers;
  }

  static float number(short rounded) {
    return Float.intBitsToFloat(rounded << 16);
  }
}
