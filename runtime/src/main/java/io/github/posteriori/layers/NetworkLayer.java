package io.github.posteriori.layers;

import java.util.List;

/** A layer of a network, independent of how an engine computes it. */
public interface NetworkLayer {

  /**
   * The name of the field that declares the layer; in a block, after the block's own and a dot, as
   * in {@code block1.conv1}.
   */
  String name();

  /** A short description of the layer, such as {@code BayesConv 6, 5x5}. */
  String kind();

  /** The shape of one input example. */
  Shape input();

  /** The shape of one output example. */
  Shape output();

  /** Returns the result of the case for this kind of layer. */
  <R> R match(LayerCases<R> cases);

  /** The trained tensors and running statistics, in a fixed order; empty for most layers. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** The multiply-adds of a deterministic forward pass of one example. */
  default long multiplyAdds() {
    return 0;
  }
}
