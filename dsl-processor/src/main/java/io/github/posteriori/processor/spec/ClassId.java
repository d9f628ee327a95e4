package io.github.posteriori.processor.spec;

import java.util.List;

/**
 * The name of a class.
 *
 * @param packageName empty for the unnamed package
 * @param simpleNames the class and the classes around it, outermost first
 */
public record ClassId(String packageName, List<String> simpleNames) {

  /** The class as users write it, such as {@code Outer.Net}. */
  public String name() {
    return String.join(".", simpleNames);
  }

  /** The simple name of the class's module, such as {@code Outer_NetModule}. */
  public String simpleModule() {
    return String.join("_", simpleNames) + "Module";
  }

  /** The full name of the class's module. */
  public String module() {
    return neighbour(simpleModule());
  }

  /** The full name of a class in the same package. */
  public String neighbour(String simpleName) {
    return packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
  }
}
