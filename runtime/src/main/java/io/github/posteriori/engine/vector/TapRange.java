package io.github.posteriori.engine.vector;

import java.util.Arrays;

/**
 * Range of a window's taps on the image, along one dimension at one position: pairs of a tap and
 * the place that it reads. Taps in the padding are left out, so nothing is multiplied by zeros.
 *
 * @param taps of the window, ascending
 * @param places the index that each of them reads
 */
record TapRange(int[] taps, int[] places) {

  /** Returns the range of inputs of each output: input = stride output - padding + dilation tap. */
  static TapRange[] forward(
      int outputs, int inputs, int taps, int stride, int padding, int dilation) {
    TapRange[] all = new TapRange[outputs];
    for (int output = 0; output < outputs; output++) {
      int first = stride * output - padding;
      int[] found = new int[taps];
      int[] places = new int[taps];
      int count = 0;
      for (int tap = 0; tap < taps; tap++) {
        int input = first + dilation * tap;
        if (input >= 0 && input < inputs) {
          found[count] = tap;
          places[count++] = input;
        }
      }
      all[output] = new TapRange(Arrays.copyOf(found, count), Arrays.copyOf(places, count));
    }
    return all;
  }

  /** Returns the range of outputs that read each input. */
  static TapRange[] backward(
      int inputs, int outputs, int taps, int stride, int padding, int dilation) {
    TapRange[] all = new TapRange[inputs];
    for (int input = 0; input < inputs; input++) {
      int[] found = new int[taps];
      int[] places = new int[taps];
      int count = 0;
      for (int tap = 0; tap < taps; tap++) {
        int distance = input + padding - dilation * tap;
        if (distance >= 0 && distance % stride == 0 && distance / stride < outputs) {
          found[count] = tap;
          places[count++] = distance / stride;
        }
      }
      all[input] = new TapRange(Arrays.copyOf(found, count), Arrays.copyOf(places, count));
    }
    return all;
  }

  int count() {
    return taps.length;
  }

  /** Returns the place that a tap reads, or -1 where it is in the padding. */
  int place(int tap) {
    int index = Arrays.binarySearch(taps, tap);
    return index < 0 ? -1 : places[index];
  }

  /** The first place, from which {@link #isLike} measures. */
  int base() {
    return places.length == 0 ? 0 : places[0];
  }

  /** Whether the same taps read places at the same distances from {@link #base}. */
  boolean isLike(TapRange other) {
    if (!Arrays.equals(taps, other.taps)) {
      return false;
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] - base() != other.places[i] - other.base()) {
        return false;
      }
    }
    return true;
  }
}
