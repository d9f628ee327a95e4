package io.github.posteriori.drawn;

import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * A field of a drawn network.
 *
 * @param kind the layer that it declares
 * @param from the names of the layers whose outputs it takes, or {@link DrawnNetwork#INPUT}
 */
public record DrawnLayer(String name, LayerKind kind, List<String> from) {
  public DrawnLayer {
    from = List.copyOf(from);
  }

  NetworkLayer make(ModuleBuilder build, Shape... inputs) {
    return kind.make(build, name, inputs);
  }

  /**
   * Returns the field as it is written.
   *
   * @param before the output that the field takes unless it names another
   */
  String field(String before) {
    boolean states = !(kind instanceof LayerKind.Join) && !from.get(0).equals(before);
    return kind.annotation(from, states) + " " + kind.type() + " " + name + ";";
  }
}
