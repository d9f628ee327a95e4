package io.github.posteriori.processor.spec;

import java.util.List;

/**
 * The layers of a class in the order of its fields, kept in a constant of its module because not
 * every compiler takes the order from a class file.
 *
 * @param names names of the fields
 */
public record LayerOrder(List<String> names) {
  /** The name of the constant, unless a layer has that name. */
  public static final String CONSTANT = "LAYERS";

  private static final String SEPARATOR = " ";

  /** Parses the value of the constant. */
  public static LayerOrder parse(String value) {
    return new LayerOrder(List.of(value.split(SEPARATOR)));
  }

  /** Returns the value of the constant. */
  public String value() {
    return String.join(SEPARATOR, names);
  }
}
