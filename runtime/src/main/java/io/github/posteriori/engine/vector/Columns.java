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
}
