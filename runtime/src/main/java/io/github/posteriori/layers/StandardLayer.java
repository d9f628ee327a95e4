package io.github.posteriori.layers;

/** A layer of the library, which every engine knows; see {@link LayerCases}. */
public interface StandardLayer extends NetworkLayer {

  /**
   * The layer's place among all layers of the whole network, blocks included. It is part of the key
   * of the layer's noise.
   */
  int index();
}
