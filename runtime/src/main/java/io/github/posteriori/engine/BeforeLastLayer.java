package io.github.posteriori.engine;

import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.List;
import java.util.Optional;

/**
 * A network cut before its last layer, a linear one: what it computes are the features that the
 * layer takes.
 *
 * @param layer the last layer
 * @param network all before it; empty if there is nothing
 */
public record BeforeLastLayer(LinearLayer layer, Optional<Network> network) {

  /** Cuts a network; empty if its last stage is no linear layer alone. */
  public static Optional<BeforeLastLayer> of(Network whole) {
    List<Stage> stages = whole.stages();
    Stage last = stages.get(stages.size() - 1);
    if (last.layers().size() > 1 || !(last.first() instanceof LinearLayer layer)) {
      return Optional.empty();
    }
    Optional<Network> before =
        stages.size() == 1 ? Optional.empty() : Optional.of(before(whole, last, layer));
    return Optional.of(new BeforeLastLayer(layer, before));
  }

  private static Network before(Network whole, Stage last, LinearLayer layer) {
    List<NetworkLayer> layers =
        whole.layers().stream().filter(other -> other != (NetworkLayer) layer).toList();
    return new Network(
        whole.input(),
        layer.input(),
        layers,
        whole.stages().subList(0, whole.stages().size() - 1),
        (pass, input) -> whole.forward().run(new CutPass(pass, last), input),
        (pass, gradient) -> {
          throw new UnsupportedOperationException("a network that is cut runs forward only");
        });
  }

  /** Runs all stages but one, which passes on what it is given. */
  private record CutPass(Pass pass, Stage cut) implements Pass {
    @Override
    public Signal forward(Stage stage, Signal input) {
      return stage.index() == cut.index() ? input : pass.forward(stage, input);
    }

    @Override
    public Signal join(Stage stage, Signal... inputs) {
      return pass.join(stage, inputs);
    }

    @Override
    public Signal backward(Stage stage, Signal outputGradient) {
      return pass.backward(stage, outputGradient);
    }

    @Override
    public Signal[] split(Stage stage, Signal outputGradient) {
      return pass.split(stage, outputGradient);
    }

    @Override
    public Signal sum(Signal... gradients) {
      return pass.sum(gradients);
    }
  }
}
