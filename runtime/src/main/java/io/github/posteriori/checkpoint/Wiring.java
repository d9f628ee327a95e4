package io.github.posteriori.checkpoint;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which layer takes whose output: a forward pass over names instead of numbers. Equal layers may be
 * wired in many ways, and weights trained in one mean nothing in another.
 */
final class Wiring implements Pass {
  /** What the first layers take. */
  static final String INPUT = "input";

  private final Map<String, List<String>> sources = new HashMap<>();

  private Wiring() {}

  /** The output of a layer. */
  private record Output(String layer) implements Signal {}

  /** The sources of each layer that begins a stage, in order; others take the layer before. */
  static Map<String, List<String>> of(Network network) {
    Wiring wiring = new Wiring();
    network.forward().run(wiring, new Output(INPUT));
    return wiring.sources;
  }

  @Override
  public Signal forward(Stage stage, Signal input) {
    return join(stage, input);
  }

  @Override
  public Signal join(Stage stage, Signal... inputs) {
    sources.put(
        stage.layers().get(0).name(),
        Arrays.stream(inputs).map(input -> ((Output) input).layer()).toList());
    return new Output(stage.layers().get(stage.layers().size() - 1).name());
  }

  @Override
  public Signal backward(Stage stage, Signal outputGradient) {
    throw onlyForward();
  }

  @Override
  public Signal[] split(Stage stage, Signal outputGradient) {
    throw onlyForward();
  }

  @Override
  public Signal sum(Signal... gradients) {
    throw onlyForward();
  }

  private static UnsupportedOperationException onlyForward() {
    return new UnsupportedOperationException("names only flow forward");
  }
}
