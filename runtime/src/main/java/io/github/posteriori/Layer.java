package io.github.posteriori;

import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * A description of a layer: the type of an annotated field, and the entries of {@link
 * BayesModule#layers()}.
 *
 * <p>A field of a definition only declares its layer and stays null. The generated module owns the
 * layer itself, behind an accessor of the field's name.
 *
 * @param name of the field that declares the layer; in a block, after the block's own and a dot, as
 *     in {@code block1.conv1}
 * @param kind a short description, such as {@code BayesConv 6, 5x5}
 * @param input the shape of one input example
 * @param output the shape of one output example
 * @param parameters trained tensors and running statistics, in a fixed order; empty for most layers
 * @param multiplyAdds multiply-adds of a deterministic forward pass of one example
 */
public record Layer(
    String name,
    String kind,
    Shape input,
    Shape output,
    List<Parameter> parameters,
    long multiplyAdds) {

  static Layer of(NetworkLayer layer) {
    return new Layer(
        layer.name(),
        layer.kind(),
        layer.input(),
        layer.output(),
        layer.parameters(),
        layer.multiplyAdds());
  }
}
