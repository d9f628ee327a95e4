package io.github.posteriori.engine;

import java.util.Map;

/**
 * What an optimiser's later steps depend on, beside the parameters themselves.
 *
 * @param steps taken so far
 * @param slots of each trained parameter, by its name: the numbers of each named slot, row-major
 */
public record OptimiserState(long steps, Map<String, Map<String, float[]>> slots) {

  /**
   * The numbers of one slot of a parameter of {@code size} numbers.
   *
   * @throws IllegalArgumentException when this is the state of another network or optimiser
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
