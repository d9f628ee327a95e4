package io.github.posteriori.processor.spec;

import java.util.List;

/**
 * The layers of a class in the order of its fields, as its module remembers them in a constant. A
 * class file alone does not tell every compiler.
 *
 * @param names of the fields
 */
public record LayerOrder(List<String> names) {
  /** The constant's name, unless a layer has it. */
  public static final String CONSTANT = "LAYERS";

  private static final String SEPARATOR = " ";

  /** The order that the constant's value tells. */
  public static LayerOrder parse(String value) {
    return new LayerOrder(List.of(value.split(SEPARATOR)));
  }

  /** The constant's value. */
  public String value() {
    return String.join(SEPARATOR, names);
  }
}
