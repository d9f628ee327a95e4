package io.github.posteriori.moments;

import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A pass of moments, forward only. As in every pass a max-pool comes before the activation, where
 * numbers are closer to Gaussian ones.
 *
 * @param maps what each layer does
 */
record MomentsPass(Map<NetworkLayer, MomentMap> maps) implements Pass {

  @Override
  public Signal forward(Stage stage, Signal input) {
    return run(stage.layersPooledFirst(), (Moments) input);
  }

  @Override
  public Signal join(Stage stage, Signal... inputs) {
    List<Moments> parts = Arrays.stream(inputs).map(Moments.class::cast).toList();
    List<NetworkLayer> layers = stage.layersPooledFirst();
    return run(
        layers.subList(1, layers.size()), JoinedMoments.of((JoinLayer) stage.first(), parts));
  }

  private Moments run(List<NetworkLayer> layers, Moments input) {
    Moments x = input;
    for (NetworkLayer layer : layers) {
      x = maps.get(layer).forward(x);
    }
    return x;
  }

  @Override
  public Signal backward(Stage stage, Signal outputGradient) {
    throw forwardOnly();
  }

  @Override
  public Signal[] split(Stage stage, Signal outputGradient) {
    throw forwardOnly();
  }

  @Override
  public Signal sum(Signal... gradients) {
    throw forwardOnly();
  }

  private static UnsupportedOperationException forwardOnly() {
    return new UnsupportedOperationException("moments have no gradient, expected forward or join");
  }
}
