package io.github.posteriori.engine;

import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Layers that follow each other directly and that an engine may run as one: a convolution or linear
 * layer, its activation, its pool. Where the chain is cut is known when the module is generated.
 *
 * @param index the stage's place in the whole network, blocks included, from 0
 * @param layers in the order of data flow, at least one; only the first may join several inputs
 */
public record Stage(int index, List<NetworkLayer> layers) {
  public Stage {
    layers = List.copyOf(layers);
  }

  /**
   * The layers in the order in which engines run them: all activations grow monotonically, so a
   * maximum may be taken first, which leaves fewer values to activate.
   */
  public List<NetworkLayer> layersPooledFirst() {
    List<NetworkLayer> ordered = new ArrayList<>(layers);
    for (int i = 0; i + 1 < ordered.size(); i++) {
      if (ordered.get(i) instanceof ActivationLayer
          && ordered.get(i + 1) instanceof PoolLayer pool
          && pool.taken() == PoolLayer.Kind.MAX) {
        Collections.swap(ordered, i, i + 1);
      }
    }
    return ordered;
  }
}
