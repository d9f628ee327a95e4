package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;

/** The types of the runtime that generated code names. */
final class RuntimeTypes {
  static final ClassName MODULE = root("BayesModule");
  static final ClassName BUILDER = build("ModuleBuilder");
  static final ClassName OPTIONS = root("ModuleOptions");
  static final ClassName PRIORS = root("Priors");
  static final ClassName SHAPE = layer("Shape");
  static final ClassName CHECKPOINT = root("Checkpoint");
  static final ClassName PASS = engine("Pass");
  static final ClassName SIGNAL = engine("Signal");
  static final ClassName STAGE = engine("Stage");
  static final ClassName ACTIVATION_LAYER = layer("ActivationLayer");
  static final ClassName ADD_LAYER = layer("AddLayer");
  static final ClassName BATCH_NORM_LAYER = layer("BatchNormLayer");
  static final ClassName CONCAT_LAYER = layer("ConcatLayer");
  static final ClassName CONV_LAYER = layer("ConvLayer");
  static final ClassName DROPOUT_LAYER = layer("DropoutLayer");
  static final ClassName FLATTEN_LAYER = layer("FlattenLayer");
  static final ClassName LINEAR_LAYER = layer("LinearLayer");
  static final ClassName POOL_LAYER = layer("PoolLayer");
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

  private static ClassName layer(String name) {
    return ClassName.get("io.github.posteriori.layers", name);
  }
}
