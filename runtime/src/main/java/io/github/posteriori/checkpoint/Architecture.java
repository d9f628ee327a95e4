package io.github.posteriori.checkpoint;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Layer;
import java.util.List;
import java.util.Map;

/**
 * What must agree between a checkpoint and the module that loads it.
 *
 * @param definition binary name of the annotated class
 * @param free its free dimensions and their numbers, in the order of {@code create}
 * @param layers one description for each layer
 */
record Architecture(String definition, Map<String, Integer> free, List<String> layers) {

  static Architecture of(BayesModule module) {
    return new Architecture(
        module.definition(),
        module.freeDimensions(),
        module.layers().stream().map(Architecture::describe).toList());
  }

  private static String describe(Layer layer) {
    return layer.name() + ": " + layer.kind() + " " + layer.input() + " -> " + layer.output();
  }
}
