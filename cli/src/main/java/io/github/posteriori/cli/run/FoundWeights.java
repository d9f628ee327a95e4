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
    Set<String> takenOff = new LinkedHashSet<>();
    tensors.forEach(
        (name, tensor) -> {
          if (library.leavesOut(name)) {
            left.add(name);
            return;
          }
          Matcher wrapper = WRAPPER.matcher(name);
          wrapper.results().map(MatchResult::group).forEach(takenOff::add);
          String translation = library.name(wrapper.replaceAll(""));
          if (translated.put(translation, library.tensor(name, tensor)) != null) {
            throw new CheckpointException(
                "the checkpoint "
                    + file
                    + " has for "
                    + CheckpointInput.shown(translation)
                    + " two tensors under different names, expected one: save the weights of one"
                    + " network alone");
          }
        });
    return new FoundWeights(translated, left, key, List.copyOf(takenOff), library);
  }

  /** Returns these, and what else they are when one part of all names after the other goes. */
  List<FoundWeights> withFewerParts() {
    List<FoundWeights> all = new ArrayList<>(List.of(this));
    Optional<String> first = commonPart();
    while (first.isPresent()) {
      FoundWeights last = all.get(all.size() - 1);
      all.add(last.without(first.get()));
      first = all.get(all.size() - 1).commonPart();
    }
    return all;
  }

  /** Returns the part, up to the first dot, with which all names begin. */
  private Optional<String> commonPart() {
    return tensors.keySet().stream()
        .findFirst()
        .map(name -> name.substring(0, name.indexOf('.') + 1))
        .filter(part -> !part.isEmpty())
        .filter(part -> tensors.keySet().stream().allMatch(name -> name.startsWith(part)));
  }

  private FoundWeights without(String part) {
    Map<String, Tensor> shorter = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shorter.put(name.substring(part.length()), tensor));
    List<String> parts = new ArrayList<>(takenOff);
    parts.add(part);
    return new FoundWeights(shorter, ignored, key, parts, library);
  }
}
