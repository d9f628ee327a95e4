package io.github.posteriori.engine;

import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells how far the way back through a network has to go: a gradient is needed where it leads to a
 * trained parameter, or to the network's input where somebody asks for that.
 */
public final class NeededGradients {
  private final Map<Integer, List<Boolean>> byInputs = new HashMap<>();
  private final Set<Stage> byOutput = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<NetworkLayer> byInput = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<NetworkLayer> byLayer = Collections.newSetFromMap(new IdentityHashMap<>());

  private NeededGradients(Network network, boolean ofInput) {
    for (Stage stage : network.stages()) {
      List<Boolean> inputs =
          stage.inputs().stream()
              .map(input -> network.stage(input).map(this::byOutput).orElse(ofInput))
              .toList();
      byInputs.put(stage.index(), inputs);
      boolean needed = inputs.contains(true);
      for (NetworkLayer layer : stage.layers()) {
        if (needed) {
          byInput.add(layer);
        }
        needed |= layer.parameters().stream().anyMatch(Parameter::trained);
        if (needed) {
          byLayer.add(layer);
        }
      }
      if (needed) {
        byOutput.add(stage);
      }
    }
  }

  /** Those of training, in which nobody asks for the gradient by the images. */
  public static NeededGradients of(Network network) {
    return new NeededGradients(network, false);
  }

  /** Those that lead to a trained parameter, and all that lead to the network's input. */
  public static NeededGradients withInput(Network network) {
    return new NeededGradients(network, true);
  }

  /**
   * Whether anybody needs the gradient by one of a stage's inputs.
   *
   * @param position in {@link Stage#inputs}
   */
  public boolean byInput(Stage stage, int position) {
    return byInputs.get(stage.index()).get(position);
  }

  /** Whether anybody needs the gradient by a layer's input; for a join, by any of its inputs. */
  public boolean byInput(NetworkLayer layer) {
    return byInput.contains(layer);
  }

  /** Whether anybody needs the gradient by a layer's output: for its parameters or its input. */
  public boolean byOutput(NetworkLayer layer) {
    return byLayer.contains(layer);
  }

  /** Whether anybody needs the gradient by a stage's output. */
  public boolean byOutput(Stage stage) {
    return byOutput.contains(stage);
  }
}
