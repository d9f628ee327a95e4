package io.github.posteriori.engine.vector;

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
    int end = Math.min(channels, end());
    for (int c = first; c < end; c += Lanes.LENGTH) {
      int count = Math.min(Lanes.LENGTH, end - c);
      for (int pixel = 0; pixel < pixels; pixel++) {
        int source = from + c * channelStep + pixel * width;
        int target = to + pixel * pixelStep + c - first;
        for (int image = 0; image < width; image += Lanes.LENGTH) {
          turn(x, source + image, channelStep, count, turned, target + image * lanes, lanes);
        }
      }
    }
  }

  private static void turn(
      float[] x, int from, int rowStep, int rows, float[] turned, int to, int columnStep) {
    for (int c = 0; c < rows; c++) {
      for (int image = 0; image < Lanes.LENGTH; image++) {
        turned[to + image * columnStep + c] = x[from + c * rowStep + image];
      }
    }
  }
}
