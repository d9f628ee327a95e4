package io.github.posteriori.engine;

import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Weight;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The graph of stages by which an engine sees a module, or a block in it.
 *
 * @param input the shape of one example
 * @param output the shape of the logits of one example
 * @param layers in the order of data flow, including those of blocks
 * @param stages the same layers as an engine runs them: each stage after those whose outputs it
 *     takes
 * @param forward the generated forward pass
 * @param backward the generated backward pass
 */
public record Network(
    Shape input,
    Shape output,
    List<NetworkLayer> layers,
    List<Stage> stages,
    Forward forward,
    Backward backward)
    implements Source {

  /** The generated forward pass, from images to logits. */
  @FunctionalInterface
  public interface Forward {
    /** Returns the logits that {@code pass} computes for {@code input}. */
    Signal run(Pass pass, Signal input);
  }

  /**
   * The generated backward pass, from the gradient with respect to the logits to the gradients of
   * all parameters.
   */
  @FunctionalInterface
  public interface Backward {
    /**
     * Carries {@code logitsGradient} back through everything that {@code pass} computed.
     *
     * @return the gradient with respect to the input, empty if not needed
     */
    Signal run(Pass pass, Signal logitsGradient);
  }

  /** The index, in the whole network, of the stage whose output is the network's. */
  @Override
  public int stage() {
    return stages.get(stages.size() - 1).index();
  }

  /**
   * Returns the stage of this network that an entry of {@link Stage#inputs} stands for; empty for
   * the network's input, which in a block may be the output of a stage around it.
   */
  public Optional<Stage> stage(int input) {
    int place = input - stages.get(0).index();
    return place < 0 ? Optional.empty() : Optional.of(stages.get(place));
  }

  /** Returns the stages that take the output of {@code stage}, in order and each once. */
  public List<Stage> takers(Stage stage) {
    return stages.stream().filter(other -> other.inputs().contains(stage.index())).toList();
  }

  /** All tensors, in the order of the layers. */
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** Returns the weights and biases of the affine layers, in the order of the layers. */
  public List<Weight> weights() {
    return layers.stream()
        .filter(AffineLayer.class::isInstance)
        .map(AffineLayer.class::cast)
        .flatMap(layer -> Stream.concat(Stream.of(layer.weight()), layer.bias().stream()))
        .toList();
  }

  /** Returns the posteriors that the forward pass samples; their KL divergence is the network's. */
  public List<Posterior> sampledPosteriors() {
    return layers.stream()
        .filter(AffineLayer.class::isInstance)
        .flatMap(layer -> ((AffineLayer) layer).sampledPosteriors())
        .toList();
  }

  /** Returns the trained parameters outside the posteriors that the forward pass samples. */
  public List<Parameter> trainedPoints() {
    Set<Parameter> sampled = Collections.newSetFromMap(new IdentityHashMap<>());
    sampledPosteriors().forEach(posterior -> sampled.addAll(posterior.parameters()));
    return parameters().stream()
        .filter(parameter -> parameter.trained() && !sampled.contains(parameter))
        .toList();
  }

  /** Compares by identity, because each network has weights of its own. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
