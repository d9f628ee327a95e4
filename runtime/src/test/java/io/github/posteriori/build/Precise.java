package io.github.posteriori.build;

import io.github.posteriori.ModuleOptions;
import org.nd4j.linalg.api.buffer.DataType;

/** Builders of modules in another precision than float. */
public final class Precise {
  private Precise() {}

  public static ModuleBuilder builder(String definition, ModuleOptions options, DataType type) {
    return new ModuleBuilder(definition, options, type);
  }
}
