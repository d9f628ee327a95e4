package io.github.posteriori.cli.run;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.FileFormat;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.TorchFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weights in a file of another program, and what was done to find them.
 *
 * @param tensors by the names that PyTorch-BayesianCNN would give them
 * @param ignored names in the file of what is no weight
 * @param key under which the file holds the tensors; empty if it holds nothing else
 * @param takenOff what training programs had put before and into the names
 * @param library whose layers have the names in the file
 */
public record FoundWeights(
    Map<String, Tensor> tensors,
    List<String> ignored,
    String key,
    List<String> takenOff,
    PeerLibrary library) {

  /** What wrappers of PyTorch put before the names of a module's parts. */
  private static final Pattern WRAPPER =
      Pattern.compile("(?<=\\.)(_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\\.");

  /** Nothing that needed to be found, as in a checkpoint of this project. */
  static final FoundWeights OWN =
      new FoundWeights(Map.of(), List.of(), "", List.of(), PeerLibrary.PYTORCH_BAYESIAN_CNN);

  /**
   * Reads a file of PyTorch or safetensors.
   *
   * @param key of the tensors where a PyTorch file holds several dictionaries of them
   * @throws CheckpointException when the file is damaged or its weights are not found
   * @throws IllegalArgumentException when a key is stated for a file without any
   */
  static FoundWeights read(Path file, Optional<String> key) {
    if (FileFormat.of(file) != FileFormat.SAFETENSORS) {
      TorchFile content = TorchFile.read(file, key);
      return translated(file, content.tensors(), content.ignored(), content.key());
    }
    if (key.isPresent()) {
      throw new IllegalArgumentException(
          "key is " + key.get() + ", but a safetensors file has no keys: leave it out");
    }
    Safetensors content = Safetensors.read(file);
    return translated(file, content.tensors(), content.ignored(), "");
  }

  private static FoundWeights translated(
      Path file, Map<String, Tensor> tensors, List<String> ignored, String key) {
    PeerLibrary library = PeerLibrary.of(tensors.keySet());
    Map<String, Tensor> translated = new LinkedHashMap<>();
    List<String> left = new ArrayList<>(ignored);
    tensors.forEach(
        (name, tensor) -> {
          if (library.leavesOut(name)) {
            left.add(name);
          } else if (translated.put(library.name(name), library.tensor(file, name, tensor))
              != null) {
            throw new CheckpointException(
                "the checkpoint "
                    + file
                    + " has for "
                    + CheckpointInput.shown(library.name(name))
                    + " two tensors under different names, expected one: save the weights of one"
                    + " network alone");
          }
        });
    return new FoundWeights(translated, left, key, List.of(), library);
  }

  /**
   * Returns what these may be: with the names as they are, and with one part after the other taken
   * off all of them; each without what wrappers put into the names.
   */
  List<FoundWeights> readings() {
    List<FoundWeights> readings = new ArrayList<>();
    Optional<String> prefix = Optional.of("");
    while (prefix.isPresent()) {
      readings.add(without(prefix.get()));
      prefix = longer(prefix.get());
    }
    return readings;
  }

  /** Returns a prefix of all names with one part more, up to a dot. */
  private Optional<String> longer(String prefix) {
    return tensors.keySet().stream()
        .findFirst()
        .map(name -> name.substring(0, name.indexOf('.', prefix.length()) + 1))
        .filter(longer -> longer.length() > prefix.length())
        .filter(longer -> tensors.keySet().stream().allMatch(name -> name.startsWith(longer)));
  }

  private FoundWeights without(String prefix) {
    Map<String, Tensor> shorter = new LinkedHashMap<>();
    Set<String> parts = new LinkedHashSet<>(prefix.isEmpty() ? List.of() : List.of(prefix));
    tensors.forEach(
        (name, tensor) -> {
          String rest = name.substring(prefix.length());
          Matcher wrappers = WRAPPER.matcher(rest);
          String plain = wrappers.replaceAll("");
          boolean taken = !plain.equals(rest) && tensors.containsKey(prefix + plain);
          if (!taken) {
            wrappers.reset().results().map(MatchResult::group).forEach(parts::add);
          }
          shorter.put(taken ? rest : plain, tensor);
        });
    return new FoundWeights(shorter, ignored, key, List.copyOf(parts), library);
  }
}
