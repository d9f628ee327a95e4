package io.github.posteriori.moments;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pass of moments, forward only. As in every pass a max-pool comes before the activation, where
 * numbers are closer to Gaussian ones.
 */
final class MomentsPass implements Pass {
  private final Network network;
  private final Map<NetworkLayer, MomentMap> maps;
  private final SpareArrays spare;

  /** How many stages have yet to take the output of another one. */
  private final Map<Moments, Integer> takers = new IdentityHashMap<>();

  /** The input of the network, whose arrays are not from {@code spare}. */
  private Moments given;

  /**
   * Creates a pass for one traversal.
   *
   * @param maps what each layer does
   * @param spare has the arrays of all outputs
   */
  MomentsPass(Network network, Map<NetworkLayer, MomentMap> maps, SpareArrays spare) {
    this.network = network;
    this.maps = maps;
    this.spare = spare;
  }

  /** Returns the output of the network, the only one that is not given back. */
  Moments run(Moments input) {
    given = input;
    return (Moments) network.forward().run(this, input);
  }

  @Override
  public Signal forward(Stage stage, Signal input) {
    Moments x = (Moments) input;
    return finish(stage, run(stage.layersPooledFirst(), x, false), List.of(x));
  }

  @Override
  public Signal join(Stage stage, Signal... inputs) {
    List<Moments> parts = Arrays.stream(inputs).map(Moments.class::cast).toList();
    List<NetworkLayer> layers = stage.layersPooledFirst();
    Moments joined = JoinedMoments.of((JoinLayer) stage.first(), parts, spare);
    return finish(stage, run(layers.subList(1, layers.size()), joined, true), parts);
  }

  /**
   * Runs layers one after the other, and gives back what is between them.
   *
   * @param own whether nobody else takes the input
   */
  private Moments run(List<NetworkLayer> layers, Moments input, boolean own) {
    Moments x = input;
    boolean isOwn = own;
    for (NetworkLayer layer : layers) {
      Moments y = maps.get(layer).forward(x, spare);
      if (y != x) {
        if (isOwn) {
          spare.giveBack(x);
        }
        isOwn = true;
      }
      x = y;
    }
    return x;
  }

  /** Gives back the inputs that this stage was the last to take. */
  private Moments finish(Stage stage, Moments output, List<Moments> inputs) {
    boolean isLast = stage.index() == network.stage();
    if (output != given) {
      takers.merge(output, network.takers(stage).size() + (isLast ? 1 : 0), Integer::sum);
    }
    List<Integer> from = stage.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      boolean isTakenAgain = from.subList(0, i).contains(from.get(i));
      Moments input = inputs.get(i);
      if (!isTakenAgain
          && takers.containsKey(input)
          && takers.merge(input, -1, Integer::sum) == 0) {
        takers.remove(input);
        spare.giveBack(input);
      }
    }
    return output;
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
