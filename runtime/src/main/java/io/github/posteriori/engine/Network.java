package io.github.posteriori.engine;

import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What an engine sees of a module, or of a block in one: a graph of stages.
 *
 * @param input the shape of one example
 * @param output the shape of the logits of one example
 * @param layers in the order of data flow, those of blocks among them
 * @param stages the same, as an engine runs them: each after those whose outputs it takes
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
    /** The logits that {@code pass} computes for {@code input}. */
    Signal run(Pass pass, Signal input);
  }

  /**
   * The generated backward pass, from the gradient by the logits to the gradients of all
   * parameters.
   */
  @FunctionalInterface
  public interface Backward {
    /**
     * Carries {@code logitsGradient} back through everything that {@code pass} computed.
     *
     * @return the gradient by the input, empty where nobody needs it
     */
    Signal run(Pass pass, Signal logitsGradient);
  }

  /** The stage that gives the output, by its index in the whole network. */
  @Override
  public int stage() {
    return stages.get(stages.size() - 1).index();
  }

  /**
   * The stage of this network that an entry of {@link Stage#inputs} stands for; empty for what goes
   * into the network, which in a block may be the output of a stage around it.
   */
  public Optional<Stage> stage(int input) {
    int place = input - stages.get(0).index();
    return place < 0 ? Optional.empty() : Optional.of(stages.get(place));
  }

  /** The stages that take the output of {@code stage}, in order; one that joins it twice, once. */
  public List<Stage> takers(Stage stage) {
    return stages.stream().filter(other -> other.inputs().contains(stage.index())).toList();
  }

  /** All tensors, in the order of the layers. */
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** The posteriors that the forward pass samples: their KL divergence is the network's. */
  public List<Posterior> sampledPosteriors() {
    return layers.stream()
        .filter(AffineLayer.class::isInstance)
        .flatMap(layer -> ((AffineLayer) layer).sampledPosteriors())
        .toList();
  }

  /** Each network has weights of its own, so it equals only itself. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
