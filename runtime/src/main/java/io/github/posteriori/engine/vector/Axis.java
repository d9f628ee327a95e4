package io.github.posteriori.engine.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * What a map reads along rows or columns: for each place of its output, for each tap, the place of
 * its input. Outputs that the same taps reach, wherever the image ends, form a phase: forward there
 * is one; back there are as many as the stride is long, since a tap reaches only every such input.
 */
final class Axis {
  /** Stands for the place of a tap that does not reach an output. */
  private static final int NEVER = Integer.MIN_VALUE;

  private final int[][] taps;
  private final int[] phaseOf;
  private final int[][] outputs;
  private final int[][] places;

  /**
   * Creates an axis.
   *
   * @param phases how many there are
   * @param outputs how many places are written
   * @param inputs how many are there to be read
   * @param taps of a filter in this direction
   * @param place gives the place that a tap of an output reads, beyond the image or not, or {@link
   *     #NEVER}
   */
  private Axis(int phases, int outputs, int inputs, int taps, Places place) {
    this.taps = new int[phases][];
    this.outputs = new int[phases][];
    this.phaseOf = new int[outputs];
    this.places = new int[outputs][];
    for (int phase = 0; phase < phases; phase++) {
      List<Integer> own = new ArrayList<>();
      for (int tap = 0; tap < taps; tap++) {
        if (place.of(phase, tap) != NEVER) {
          own.add(tap);
        }
      }
      this.taps[phase] = own.stream().mapToInt(Integer::intValue).toArray();
      List<Integer> of = new ArrayList<>();
      for (int output = phase; output < outputs; output += phases) {
        of.add(output);
        phaseOf[output] = phase;
        places[output] = new int[own.size()];
        for (int i = 0; i < own.size(); i++) {
          int at = place.of(output, own.get(i));
          places[output][i] = at >= 0 && at < inputs ? at : -1;
        }
      }
      this.outputs[phase] = of.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** The place that a tap of an output reads. */
  private interface Places {
    int of(int output, int tap);
  }

  /** Returns what outputs read forward: input = stride output - padding + dilation tap. */
  static Axis forward(int outputs, int inputs, int taps, int stride, int padding, int dilation) {
    return new Axis(
        1, outputs, inputs, taps, (output, tap) -> stride * output - padding + dilation * tap);
  }

  /** Returns what the gradients of inputs read of those of the outputs. */
  static Axis backward(int inputs, int outputs, int taps, int stride, int padding, int dilation) {
    return new Axis(
        Math.min(stride, inputs),
        inputs,
        outputs,
        taps,
        (input, tap) -> {
          int distance = input + padding - dilation * tap;
          return Math.floorMod(distance, stride) == 0 ? Math.floorDiv(distance, stride) : NEVER;
        });
  }

  int phases() {
    return taps.length;
  }

  /** The taps that reach the outputs of a phase. */
  int[] taps(int phase) {
    return taps[phase];
  }

  /** The outputs of a phase. */
  int[] outputs(int phase) {
    return outputs[phase];
  }

  /** The phase of an output. */
  int phaseOf(int output) {
    return phaseOf[output];
  }

  /** What each of its phase's taps reads for an output; -1 beyond the image. */
  int[] places(int output) {
    return places[output];
  }
}
