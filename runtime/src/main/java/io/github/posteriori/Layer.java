package io.github.posteriori;

import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * A layer as its user sees it: the type of an annotated field, and what {@link
 * BayesModule#layers()} tells of each.
 *
 * <p>A field of a definition only declares its layer and stays null. The generated module owns the
 * layer itself, behind an accessor of the field's name.
 *
 * @param name of the field that declares the layer; in a block, after the block's own and a dot, as
 *     in {@code block1.conv1}
 * @param kind what the layer is and does, in a few words, such as {@code BayesConv 6, 5x5}
 * @param input the shape of one example that goes in
 * @param output the shape of one example that comes out
 * @param parameters what training changes or keeps, in a fixed order; empty for most layers
 * @param multiplyAdds multiplications with an addition that one example costs in a deterministic
 *     forward pass
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
