package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.pickle.PickleValue;
import io.github.posteriori.pickle.PickleValue.Dictionary;
import io.github.posteriori.pickle.PickleValue.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the weights in a saved object, which training programs wrap in many ways. */
final class StateDict {
  private static final int MOST_SHOWN = 5;

  private final PickleValue root;
  private final CheckpointInput input;

  StateDict(PickleValue root, CheckpointInput input) {
    this.root = root;
    this.input = input;
  }

  /**
   * Reads the tensors of the one dictionary of weights.
   *
   * @param key which one to take where there are several
   */
  TorchFile read(Optional<String> key, ViewReader reader) throws IOException {
    WeightSearch.Found weights = choose(WeightSearch.in(root), key);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>();
    for (Map.Entry<String, PickleValue> entry : weights.dictionary().entries().entrySet()) {
      if (entry.getValue() instanceof View view && view.isFloating()) {
        tensors.put(entry.getKey(), reader.read(entry.getKey(), view));
      } else {
        requireCounter(entry.getKey(), entry.getValue());
        ignored.add(entry.getKey());
      }
    }
    return new TorchFile(tensors, ignored, weights.key());
  }

  /** Refuses tensors that may be weights, but whose numbers are not read. */
  private void requireCounter(String name, PickleValue value) {
    String kind =
        value instanceof View view && view.storage().type().numbers().isEmpty()
            ? "a tensor of " + view.storage().type().python()
            : value instanceof UnreadTensor unread ? unread.kind() : null;
    if (kind != null) {
      throw refused(
          "has for " + name + " " + kind,
          "a dense tensor of float32, float64, float16 or bfloat16",
          "convert it in PyTorch, and save it again");
    }
  }

  private WeightSearch.Found choose(List<WeightSearch.Found> found, Optional<String> key) {
    if (key.isPresent()) {
      return found.stream()
          .filter(weights -> weights.key().equals(key.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  refused(
                      "has no dictionary of tensors under the key " + key.get(),
                      found.isEmpty() ? "one that has" : "one of " + keys(found),
                      "state one of those keys, or none"));
    }
    if (found.isEmpty()) {
      throw refused(
          "holds " + description() + ", and no dictionary of tensors",
          "what model.state_dict() returns",
          "save it with torch.save(model.state_dict(), path)");
    }
    List<WeightSearch.Found> layered =
        found.stream().filter(WeightSearch.Found::isOfLayers).toList();
    List<WeightSearch.Found> likely = layered.isEmpty() ? found : layered;
    if (likely.size() > 1) {
      throw refused(
          "holds " + likely.size() + " dictionaries of tensors, under the keys " + keys(likely),
          "one",
          "name the key of the one to take, with convert --key KEY");
    }
    return likely.get(0);
  }

  private static String keys(List<WeightSearch.Found> found) {
    String keys =
        found.stream()
            .limit(MOST_SHOWN)
            .map(weights -> weights.key().isEmpty() ? "'' (the whole)" : weights.key())
            .collect(Collectors.joining(", "));
    return found.size() > MOST_SHOWN ? keys + ", …" : keys;
  }

  private String description() {
    if (root instanceof Dictionary dictionary) {
      if (dictionary.entries().isEmpty() && dictionary.others() == 0) {
        return "an empty dictionary";
      }
      String entries =
          dictionary.entries().entrySet().stream()
              .limit(MOST_SHOWN)
              .map(entry -> entry.getKey() + " (" + entry.getValue().kind() + ")")
              .collect(Collectors.joining(", "));
      String others =
          dictionary.others() == 0
              ? ""
              : (entries.isEmpty() ? "" : " and ")
                  + dictionary.others()
                  + " entries whose keys are no strings";
      return WeightSearch.isOptimiser(dictionary)
          ? "the state of an optimiser"
          : "a dictionary of " + entries + others;
    }
    return root instanceof Sequence sequence
        ? "a list or tuple of " + sequence.items().size() + " values"
        : root.kind();
  }

  private CheckpointException refused(String found, String expected, String remedy) {
    return new CheckpointException(
        "the checkpoint "
            + input.file()
            + " "
            + CheckpointInput.shown(found)
            + ", expected "
            + CheckpointInput.shown(expected)
            + ": "
            + remedy);
  }
}
