package io.github.posteriori.engine;

import java.io.Serializable;
import java.util.Map;

/**
 * The state that an optimiser's later steps depend on, besides the parameters themselves.
 *
 * @param steps number of steps so far
 * @param slots by the name of each trained parameter, the values of each named slot, row-major
 */
public record OptimiserState(long steps, Map<String, Map<String, float[]>> slots)
    implements Serializable {

  /**
   * Returns the values of one slot of a parameter of {@code size} values.
   *
   * @throws IllegalArgumentException when this state belongs to another network or optimiser
   */
  public float[] slot(String parameter, String slot, int size) {
    float[] found = slots.getOrDefault(parameter, Map.of()).get(slot);
    if (found == null || found.length != size) {
      throw new IllegalArgumentException(
          "the optimiser's state has "
              + (found == null ? "nothing" : found.length + " numbers")
              + " for "
              + parameter
              + "."
              + slot
              + ", expected "
              + size
              + ": it belongs to another network or optimiser");
    }
    return found;
  }
}
