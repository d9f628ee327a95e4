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
 * Determines how far the backward pass of a network has to go: a gradient is needed if it leads to
 * a trained parameter, or to the network's input if that gradient is requested.
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

  /** Returns the gradients that training needs, without that with respect to the images. */
  public static NeededGradients of(Network network) {
    return new NeededGradients(network, false);
  }

  /** Returns the gradients that lead to a trained parameter or to the network's input. */
  public static NeededGradients withInput(Network network) {
    return new NeededGradients(network, true);
  }

  /**
   * Returns whether the gradient with respect to one of a stage's inputs is needed.
   *
   * @param position in {@link Stage#inputs}
   */
  public boolean byInput(Stage stage, int position) {
    return byInputs.get(stage.index()).get(position);
  }

  /**
   * Returns whether the gradient with respect to a layer's input is needed; for a join, any input.
   */
  public boolean byInput(NetworkLayer layer) {
    return byInput.contains(layer);
  }

  /**
   * Returns whether the gradient with respect to a layer's output is needed: for its parameters or
   * its input.
   */
  public boolean byOutput(NetworkLayer layer) {
    return byLayer.contains(layer);
  }

  /** Returns whether the gradient with respect to a stage's output is needed. */
  public boolean byOutput(Stage stage) {
    return byOutput.contains(stage);
  }
}
