package io.github.posteriori.layers;

/** The layers that every engine knows. */
public sealed interface StandardLayer extends NetworkLayer
    permits AffineLayer,
        ActivationLayer,
        PoolLayer,
        FlattenLayer,
        BatchNormLayer,
        DropoutLayer,
        JoinLayer {

  /**
   * The layer's place among all layers of the whole network, blocks included. It is part of the key
   * of the layer's noise.
   */
  int index();
}
