package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;

/** The runtime types used in generated code. */
final class RuntimeTypes {
  static final ClassName MODULE = root("BayesModule");
  static final ClassName BUILDER = build("ModuleBuilder");
  static final ClassName DESCRIPTION = build("ModuleDescription");
  static final ClassName OPTIONS = root("ModuleOptions");
  static final ClassName PRIORS = root("Priors");
  static final ClassName SHAPE = layer("Shape");
  static final ClassName CHECKPOINT = root("Checkpoint");
  static final ClassName INFLOW = build("Inflow");
  static final ClassName PASS = engine("Pass");
  static final ClassName SIGNAL = engine("Signal");
  static final ClassName SOURCE = engine("Source");
  static final ClassName STAGE = engine("Stage");
  static final ClassName FILTERS = layer("Filters");
  static final ClassName VARIATIONAL = build("Variational");
  static final ClassName WINDOW = layer("Window");

  private RuntimeTypes() {}

  private static ClassName root(String name) {
    return ClassName.get("io.github.posteriori", name);
  }

  private static ClassName build(String name) {
    return ClassName.get("io.github.posteriori.build", name);
  }

  private static ClassName engine(String name) {
    return ClassName.get("io.github.posteriori.engine", name);
  }

  /** Returns a class of the package of layers. */
  static ClassName layer(String name) {
    return ClassName.get("io.github.posteriori.layers", name);
  }
}
