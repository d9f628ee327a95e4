package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an optimiser keeps of each trained parameter between two steps, initially zeros. */
final class Slots {
  private final Map<Parameter, Kept> all = new LinkedHashMap<>();

  /** The numbers of a parameter by the names of the slots, from {@link Lanes#LEAD} on. */
  private record Kept(List<String> names, float[][] values) {}

  /** Makes room for what is kept of a parameter. */
  void add(Parameter parameter, List<String> names) {
    float[][] values = new float[names.size()][];
    Arrays.setAll(values, s -> Lanes.array(parameter.size()));
    all.put(parameter, new Kept(names, values));
  }

  /** What is kept of a parameter, in the order of its slots, from {@link Lanes#LEAD} on. */
  float[][] of(Parameter parameter) {
    return all.get(parameter).values;
  }

  /** Forgets what a step left of {@code count} values from {@code first} on that are pruned. */
  void clearPruned(Parameter parameter, int first, int count) {
    for (float[] slot : of(parameter)) {
      parameter.clearPruned(first, count, slot, LEAD + first);
    }
  }

  /** Returns a copy, after so many steps. */
  OptimiserState state(long steps) {
    Map<String, Map<String, float[]>> copies = new LinkedHashMap<>();
    all.forEach(
        (parameter, kept) -> {
          Map<String, float[]> own = new LinkedHashMap<>();
          for (int s = 0; s < kept.names.size(); s++) {
            float[] slot = kept.values[s];
            own.put(kept.names.get(s), Arrays.copyOfRange(slot, LEAD, slot.length));
          }
          copies.put(parameter.name(), own);
        });
    return new OptimiserState(steps, copies);
  }

  /**
   * Takes over the numbers of another optimiser.
   *
   * @throws IllegalArgumentException when they are of other parameters or slots
   */
  void restore(OptimiserState state) {
    all.forEach(
        (parameter, kept) -> {
          for (int s = 0; s < kept.names.size(); s++) {
            float[] saved = state.slot(parameter.name(), kept.names.get(s), parameter.size());
            System.arraycopy(saved, 0, kept.values[s], LEAD, saved.length);
          }
        });
  }
}
