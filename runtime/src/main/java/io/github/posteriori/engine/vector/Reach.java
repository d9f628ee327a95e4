package io.github.posteriori.engine.vector;

import java.util.Arrays;

/**
 * What a window reaches along one dimension from one position: pairs of a tap and the place that it
 * reads. Taps on the border are left out, so nothing is multiplied by zeros.
 *
 * @param taps of the window, ascending
 * @param places where each of them reads
 */
record Reach(int[] taps, int[] places) {

  /** From each output of a window to its inputs: input = stride output - padding + dilation tap. */
  static Reach[] forward(int outputs, int inputs, int taps, int stride, int padding, int dilation) {
    Reach[] all = new Reach[outputs];
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
      all[output] = new Reach(Arrays.copyOf(found, count), Arrays.copyOf(places, count));
    }
    return all;
  }

  /** From each input of a window back to the outputs that read it. */
  static Reach[] backward(
      int inputs, int outputs, int taps, int stride, int padding, int dilation) {
    Reach[] all = new Reach[inputs];
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
      all[input] = new Reach(Arrays.copyOf(found, count), Arrays.copyOf(places, count));
    }
    return all;
  }

  int count() {
    return taps.length;
  }

  /** The place that a tap reads, or -1 where it is beyond the border. */
  int place(int tap) {
    int index = Arrays.binarySearch(taps, tap);
    return index < 0 ? -1 : places[index];
  }

  /** The first place, from which {@link #isLike} measures. */
  int base() {
    return places.length == 0 ? 0 : places[0];
  }

  /** Whether the same taps read places that lie in the same way, only elsewhere. */
  boolean isLike(Reach other) {
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
