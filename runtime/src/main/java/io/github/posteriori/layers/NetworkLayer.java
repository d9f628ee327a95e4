package io.github.posteriori.layers;

import java.util.List;

/** One layer of a network: what it is, not how it is computed. */
public interface NetworkLayer {

  /**
   * The name of the field that declares the layer; in a block, after the block's own and a dot, as
   * in {@code block1.conv1}.
   */
  String name();

  /** What the layer is and does, in a few words, such as {@code BayesConv 6, 5x5}. */
  String kind();

  /** The shape of one example that goes in. */
  Shape input();

  /** The shape of one example that comes out. */
  Shape output();

  /** The answer for this kind of layer. */
  <R> R match(LayerCases<R> cases);

  /** What training changes or keeps, in a fixed order; empty for most layers. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** Multiplications with an addition that one example costs in a deterministic forward pass. */
  default long multiplyAdds() {
    return 0;
  }
}
