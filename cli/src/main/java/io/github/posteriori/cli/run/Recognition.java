package io.github.posteriori.cli.run;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.networks.Definition;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The network whose tensors are in a file, recognised by their names.
 *
 * @param found the weights, under the names of {@code layout}
 */
record Recognition(TorchLayout layout, FoundWeights found) {
  private static final int MOST_SHOWN = 3;

  /**
   * Recognises a network.
   *
   * @param file the file of the weights, for messages
   * @param wanted the networks of which it must be one, or none for any that is shipped
   * @param sizes of free dimensions that are stated
   * @throws CheckpointException when it is none
   */
  static Recognition of(
      Path file, FoundWeights weights, List<Definition> wanted, Map<String, Integer> sizes) {
    if (wanted.isEmpty()) {
      Recognition usual = nearest(weights, TorchLayout.OF_PYTORCH_BAYESIAN_CNN);
      if (usual.differences() == 0) {
        return usual;
      }
    }
    List<TorchLayout> layouts = TorchLayout.all(wanted, sizes);
    Recognition nearest = nearest(weights, layouts);
    if (nearest.differences() == 0) {
      return nearest;
    }
    throw new CheckpointException(
        "the checkpoint "
            + file
            + " holds "
            + (wanted.isEmpty() ? "none of the shipped networks" : "no " + wanted.get(0))
            + ": "
            + CheckpointInput.shown(
                nearest.isNear() ? nearest.difference() : contents(weights, layouts)));
  }

  private static Recognition nearest(FoundWeights weights, List<TorchLayout> layouts) {
    return weights.readings().stream()
        .flatMap(reading -> layouts.stream().map(layout -> new Recognition(layout, reading)))
        .min(Comparator.comparingLong(Recognition::differences))
        .orElseThrow();
  }

  /** Returns the tensors by their names in this project. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    layout.tensors().forEach((name, torch) -> tensors.put(name, found.tensors().get(torch)));
    return tensors;
  }

  /** Counts the tensors that one has and the other has not. */
  private long differences() {
    return layout.tensors().size() + found.tensors().size() - 2 * common();
  }

  private long common() {
    return layout.tensors().values().stream().filter(found.tensors()::containsKey).count();
  }

  private boolean isNear() {
    return 2 * common() > layout.tensors().size();
  }

  private String difference() {
    Stream<String> missing =
        layout.tensors().values().stream()
            .filter(name -> !found.tensors().containsKey(name))
            .map(name -> "the tensor " + name + " is missing");
    Stream<String> superfluous =
        found.tensors().keySet().stream()
            .filter(name -> !layout.tensors().containsValue(name))
            .map(name -> "nothing there is called " + name);
    return "the nearest is the "
        + layout
        + ", but "
        + Stream.concat(missing, superfluous).findFirst().orElseThrow()
        + "; convert weights of the network as "
        + layout.origin()
        + " defines it";
  }

  private static String contents(FoundWeights weights, List<TorchLayout> layouts) {
    String shown =
        weights.tensors().entrySet().stream()
            .limit(MOST_SHOWN)
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return "it has "
        + weights.tensors().size()
        + " tensors ("
        + shown
        + (weights.tensors().size() > MOST_SHOWN ? ", …" : "")
        + "), expected those of "
        + layouts.stream().map(Object::toString).collect(Collectors.joining(", "))
        + "; load the weights of another network in a program, with TorchFile or Safetensors";
  }
}
