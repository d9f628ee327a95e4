package io.github.posteriori.engine;

import io.github.posteriori.Layer;
import java.util.List;

/**
 * Layers that follow each other directly and that an engine may run as one: a convolution or linear
 * layer, its activation, its pool. Where the chain is cut is known when the module is generated.
 *
 * @param index the stage's place in the whole network, blocks included, from 0
 * @param layers in the order of data flow, at least one; only the first may join several inputs
 */
public record Stage(int index, List<Layer> layers) {
  public Stage {
    layers = List.copyOf(layers);
  }
}
