package io.github.posteriori.checkpoint;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The properties in which a checkpoint and the module that loads it must agree.
 *
 * @param definition binary name of the annotated class
 * @param free its free dimensions and their values, in the order of {@code create}
 * @param layers a description of each layer and its inputs
 * @param estimators of each Bayesian layer
 * @param priors of each Bayesian layer
 */
public record Architecture(
    String definition,
    Map<String, Integer> free,
    List<String> layers,
    List<String> estimators,
    List<String> priors) {
  /** The name of the network's input. */
  private static final String INPUT = "input";

  public Architecture {
    Objects.requireNonNull(definition, "definition");
    free = new LinkedHashMap<>(free);
    free.values().forEach(Objects::requireNonNull);
    layers = List.copyOf(layers);
    estimators = List.copyOf(estimators);
    priors = List.copyOf(priors);
  }

  /**
   * Describes a network.
   *
   * @param definition binary name of the annotated class
   * @param free its free dimensions and their values, in the order of {@code create}
   */
  public static Architecture of(String definition, Map<String, Integer> free, Network network) {
    return new Architecture(
        definition,
        free,
        layers(network),
        bayesian(network, layer -> layer.estimator().toString()),
        bayesian(network, Architecture::prior));
  }

  /** Replaces the definition's former name in a checkpoint by its present one. */
  public Architecture withPresentDefinition() {
    return new Architecture(
        RenamedDefinitions.present(definition), free, layers, estimators, priors);
  }

  private static List<String> layers(Network network) {
    Map<String, List<String>> sources = sources(network);
    List<String> descriptions = new ArrayList<>();
    String before = INPUT;
    for (NetworkLayer layer : network.layers()) {
      descriptions.add(
          describe(layer, before, sources.getOrDefault(layer.name(), List.of(before))));
      before = layer.name();
    }
    return descriptions;
  }

  /**
   * Returns the sources of each layer that begins a stage, in order; other layers take the one
   * before. Equal layers may be wired in many ways, and weights trained in one are useless in
   * another.
   */
  private static Map<String, List<String>> sources(Network network) {
    Map<String, List<String>> sources = new HashMap<>();
    for (Stage stage : network.stages()) {
      sources.put(
          stage.first().name(),
          stage.inputs().stream()
              .map(input -> network.stage(input).map(s -> s.last().name()).orElse(INPUT))
              .toList());
    }
    return sources;
  }

  /** Describes a layer, including its sources unless that is just the layer before it. */
  private static String describe(NetworkLayer layer, String before, List<String> sources) {
    return layer.name()
        + (sources.equals(List.of(before)) ? "" : " of " + String.join(", ", sources))
        + ": "
        + layer.kind()
        + " "
        + layer.input()
        + " -> "
        + layer.output();
  }

  private static List<String> bayesian(Network network, Function<AffineLayer, String> what) {
    return network.layers().stream()
        .filter(AffineLayer.class::isInstance)
        .map(AffineLayer.class::cast)
        .filter(layer -> layer.weight().posterior().isPresent())
        .map(layer -> layer.name() + ": " + what.apply(layer))
        .toList();
  }

  private static String prior(AffineLayer layer) {
    return layer.weight().posterior().orElseThrow().prior().toString();
  }
}
