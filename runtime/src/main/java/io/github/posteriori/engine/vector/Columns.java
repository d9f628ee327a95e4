package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.ArrayList;
import java.util.List;

/**
 * Panel of channels in neighbouring lanes: the columns of a GEMM tile, four registers wide or one.
 *
 * @param first of the channels
 * @param lanes how many, also beyond the last channel
 */
record Columns(int first, int lanes) {

  /**
   * Splits all channels; a remainder of three registers takes as long as four, and becomes four.
   */
  static List<Columns> of(int channels) {
    int registers = (channels + Lanes.LENGTH - 1) / Lanes.LENGTH;
    if (registers % Lanes.GROUPS == Lanes.GROUPS - 1) {
      registers++;
    }
    List<Columns> columns = new ArrayList<>();
    for (int r = 0; r < registers; ) {
      int together = registers - r >= Lanes.GROUPS ? Lanes.GROUPS : 1;
      columns.add(new Columns(r * Lanes.LENGTH, together * Lanes.LENGTH));
      r += together;
    }
    return List.copyOf(columns);
  }

  /** The lane behind the last. */
  int end() {
    return first + lanes;
  }

  /**
   * Transposes these channels into the lanes: {@code [width, lanes]} for each pixel. Lanes beyond
   * the last channel are left unchanged.
   *
   * @param x where channel 0 begins at {@code from}, the next {@code channelStep} on
   * @param channels how many there are in all
   * @param turned where the first pixel begins at {@code to}, the next {@code pixelStep} on
   */
  void turn(
      float[] x,
      int from,
      int channelStep,
      int channels,
      int pixels,
      int width,
      float[] turned,
      int to,
      int pixelStep) {
    int count = Math.min(channels, end()) - first;
    for (int pixel = 0; pixel < pixels; pixel++) {
      int source = from + first * channelStep + pixel * width;
      int target = to + pixel * pixelStep;
      int c = 0;
      for (; c + 4 <= count; c += 4) {
        turnFour(x, source + c * channelStep, channelStep, turned, target + c, lanes, width);
      }
      for (; c < count; c++) {
        for (int image = 0; image < width; image++) {
          turned[target + c + image * lanes] = x[source + c * channelStep + image];
        }
      }
    }
  }

  /** Transposes four channels together, which takes half as long as one by one. */
  private static void turnFour(
      float[] x, int from, int step, float[] turned, int to, int lanes, int width) {
    int end = from + width;
    for (int i = from, o = to; i < end; i++, o += lanes) {
      turned[o] = x[i];
      turned[o + 1] = x[i + step];
      turned[o + 2] = x[i + 2 * step];
      turned[o + 3] = x[i + 3 * step];
    }
  }
}
