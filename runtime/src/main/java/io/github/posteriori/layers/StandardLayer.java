package io.github.posteriori.layers;

/** A layer of the library, which every engine knows; see {@link LayerCases}. */
public interface StandardLayer extends NetworkLayer {

  /**
   * The layer's place among all layers of the whole network, blocks included; with it the layer's
   * noise is keyed.
   */
  int index();
}
