package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.PickleValue.Dictionary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the weights in a saved object. */
final class StateDict {
  /** The keys under which training programs put the weights, beside epoch and optimiser. */
  private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model");

  private StateDict() {}

  static TorchFile read(PickleValue root, ViewReader reader, CheckpointInput input)
      throws IOException {
    if (!(root instanceof Dictionary saved)) {
      throw input.damaged(
          "it holds a " + root.getClass().getSimpleName(), "what model.state_dict() returns");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>();
    for (Map.Entry<String, PickleValue> entry : unwrapped(saved).entries().entrySet()) {
      if (entry.getValue() instanceof View view && view.storage().type().floating()) {
        tensors.put(entry.getKey(), reader.read(entry.getKey(), view));
      } else {
        ignored.add(entry.getKey());
      }
    }
    if (tensors.isEmpty()) {
      throw input.damaged("it holds no tensors", "what model.state_dict() returns");
    }
    return new TorchFile(tensors, ignored);
  }

  /** Unwraps one level only, since a dictionary may contain itself. */
  private static Dictionary unwrapped(Dictionary saved) {
    return WRAPPERS.stream()
        .map(saved.entries()::get)
        .filter(Dictionary.class::isInstance)
        .map(Dictionary.class::cast)
        .findFirst()
        .orElse(saved);
  }
}
