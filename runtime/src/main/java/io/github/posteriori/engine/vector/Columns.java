package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.ArrayList;
import java.util.List;

/**
 * Channels in neighbouring lanes: of four registers, or of one.
 *
 * @param first of the channels
 * @param lanes how many, also beyond the last channel
 */
record Columns(int first, int lanes) {

  /** All channels; three registers that are left take as long as four. */
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

  /** Behind the last lane. */
  int end() {
    return first + lanes;
  }

  /**
   * Brings these channels into the lanes: of each pixel {@code [width, lanes]}. Lanes beyond the
   * last channel stay as they are.
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

  /** Four channels together take half as long as one by one. */
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
