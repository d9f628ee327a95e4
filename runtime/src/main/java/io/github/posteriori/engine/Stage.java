package io.github.posteriori.engine;

import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Layers that follow each other directly and that an engine may run as one: a convolution or linear
 * layer, its activation, its pool. Networks are cut into stages when the module is generated.
 *
 * @param index the stage's place in the whole network, blocks included, from 0
 * @param inputs the indices of the stages whose outputs this one takes, in order; {@link #INPUT}
 *     stands for the network's input
 * @param layers in the order of data flow, at least one; only the first may join several inputs
 */
public record Stage(int index, List<Integer> inputs, List<NetworkLayer> layers) implements Source {
  /** The entry of {@link #inputs} that stands for the input of the whole network. */
  public static final int INPUT = -1;

  /**
   * Creates a stage.
   *
   * @throws IllegalArgumentException when several inputs are not joined, a join has one input, or
   *     an input does not come earlier
   */
  public Stage {
    inputs = List.copyOf(inputs);
    layers = List.copyOf(layers);
    boolean joins = layers.get(0) instanceof JoinLayer;
    if (joins ? inputs.size() < 2 : inputs.size() != 1) {
      throw new IllegalArgumentException(
          layers.get(0).name()
              + " takes "
              + inputs.size()
              + (inputs.size() == 1 ? " output" : " outputs")
              + ", expected "
              + (joins ? "at least 2, for it joins them" : "1, for it joins none"));
    }
    for (int input : inputs) {
      if (input < INPUT || input >= index) {
        throw new IllegalArgumentException(
            layers.get(0).name()
                + ", stage "
                + index
                + ", takes the output of stage "
                + input
                + ", expected an earlier one, or "
                + INPUT
                + " for the network's input");
      }
    }
  }

  @Override
  public int stage() {
    return index;
  }

  /** The layer that takes the inputs. */
  public NetworkLayer first() {
    return layers.get(0);
  }

  /** The layer whose output is the stage's. */
  public NetworkLayer last() {
    return layers.get(layers.size() - 1);
  }

  /**
   * Returns the layers in the order in which engines run them: a max-pool comes before an
   * activation that increases monotonically, which leaves fewer values to activate.
   */
  public List<NetworkLayer> layersPooledFirst() {
    List<NetworkLayer> ordered = new ArrayList<>(layers);
    for (int i = 0; i + 1 < ordered.size(); i++) {
      if (ordered.get(i) instanceof ActivationLayer activation
          && activation.isMonotonic()
          && ordered.get(i + 1) instanceof PoolLayer pool
          && pool.taken() == PoolLayer.Kind.MAX) {
        Collections.swap(ordered, i, i + 1);
      }
    }
    return ordered;
  }
}
