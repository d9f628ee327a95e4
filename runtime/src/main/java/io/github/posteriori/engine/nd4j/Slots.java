package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What an optimiser keeps of each trained parameter between two steps, initially zeros. */
@SuppressWarnings("try") // a workspace scope works by being open
final class Slots {
  private final DataType type;
  private final Map<Parameter, Kept> all = new LinkedHashMap<>();

  Slots(DataType type) {
    this.type = type;
  }

  /** The arrays of a parameter by the names of the slots. */
  private record Kept(List<String> names, INDArray[] arrays) {}

  /** Makes room for what is kept of a parameter, outside every workspace. */
  void add(Parameter parameter, List<String> names) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray[] arrays =
          names.stream().map(name -> Nd4j.create(type, parameter.shape())).toArray(INDArray[]::new);
      all.put(parameter, new Kept(names, arrays));
    }
  }

  /** What is kept of a parameter, in the order of its slots. */
  INDArray[] of(Parameter parameter) {
    return all.get(parameter).arrays;
  }

  /** Forgets what a step left of the values that are pruned. */
  void clearPruned(Parameter parameter) {
    if (parameter.mask().isPresent()) {
      for (INDArray slot : of(parameter)) {
        float[] values = slot.dup('c').data().asFloat();
        parameter.clearPruned(0, values.length, values, 0);
        slot.assign(Nd4j.create(values, parameter.shape(), 'c').castTo(type));
      }
    }
  }

  /** Returns a copy, after so many steps. */
  OptimiserState state(long steps) {
    Map<String, Map<String, float[]>> copies = new LinkedHashMap<>();
    all.forEach(
        (parameter, kept) -> {
          Map<String, float[]> own = new LinkedHashMap<>();
          for (int s = 0; s < kept.arrays.length; s++) {
            try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
              own.put(kept.names.get(s), kept.arrays[s].dup('c').data().asFloat());
            }
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
          for (int s = 0; s < kept.arrays.length; s++) {
            float[] saved = state.slot(parameter.name(), kept.names.get(s), parameter.size());
            try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
              kept.arrays[s].assign(Nd4j.create(saved, parameter.shape(), 'c'));
            }
          }
        });
  }
}
