package io.github.posteriori.processor.spec;

import java.util.List;

/**
 * Which class is meant.
 *
 * @param packageName empty for the unnamed package
 * @param simpleNames the class and the classes around it, outermost first
 */
public record ClassId(String packageName, List<String> simpleNames) {

  /** The class as users write it, such as {@code Outer.Net}. */
  public String name() {
    return String.join(".", simpleNames);
  }

  /** The class of the same package with this simple name, in full. */
  public String neighbour(String simpleName) {
    return packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
  }
}
