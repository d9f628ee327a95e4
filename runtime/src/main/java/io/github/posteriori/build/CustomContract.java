package io.github.posteriori.build;

import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a custom layer when a network takes it in.
 *
 * @param layer the layer to check
 * @param definition the class that declares it
 */
record CustomContract(CustomLayer layer, String definition) {

  /** Rejects a name other than the one passed to the constructor, as far as that can be told. */
  void requireName(String prefix, List<NetworkLayer> others) {
    String remedy = ": name() must give the name that the constructor is handed";
    if (!layer.name().startsWith(prefix)) {
      throw refusal("has a name that does not start with '" + prefix + "'" + remedy);
    }
    if (others.stream().anyMatch(other -> other.name().equals(layer.name()))) {
      throw refusal("has the name of another layer" + remedy);
    }
  }

  /** Rejects an output whose shape differs from the input's. */
  void requireSameShape() {
    if (!layer.output().equals(layer.input())) {
      throw refusal(
          "gives "
              + layer.output()
              + " for "
              + layer.input()
              + ", expected the shape of its input: declare the output in its @Custom, or correct"
              + " output()");
    }
  }

  /** Rejects an output other than the declared one. */
  void requireOutput(CustomLayer.OfImage declared) {
    if (!(layer.input() instanceof Shape.Image image)) {
      throw refusal(
          "takes the features "
              + layer.input()
              + ", but its @Custom declares the output for an image: declare it for features");
    }
    requireOutput(declared.of(image.channels(), image.height(), image.width()));
  }

  /** Rejects an output other than the declared one. */
  void requireOutput(CustomLayer.OfFeatures declared) {
    if (!(layer.input() instanceof Shape.Features features)) {
      throw refusal(
          "takes the image "
              + layer.input()
              + ", but its @Custom declares the output for features: declare it for an image");
    }
    requireOutput(declared.of(features.count()));
  }

  private void requireOutput(Shape declared) {
    if (!layer.output().equals(declared)) {
      throw refusal(
          "gives "
              + layer.output()
              + ", but its @Custom declares "
              + declared
              + ": correct output() or the declaration");
    }
  }

  /** Rejects parameters that a checkpoint or the engine could not handle. */
  void requireParameters() {
    requireSameParameters();
    Set<String> names = new HashSet<>();
    for (Parameter parameter : layer.parameters()) {
      if (!parameter.name().startsWith(layer.name() + ".")) {
        throw refusal(
            "has a parameter called '"
                + parameter.name()
                + "', expected a name that starts with '"
                + layer.name()
                + ".'");
      }
      if (!names.add(parameter.name())) {
        throw refusal(
            "has two parameters called '"
                + parameter.name()
                + "', expected different names: a checkpoint tells them apart by these");
      }
    }
  }

  /**
   * Rejects a layer that returns new parameters with every call, since training would change
   * copies.
   */
  private void requireSameParameters() {
    List<Parameter> once = layer.parameters();
    List<Parameter> again = layer.parameters();
    for (int i = 0; i < once.size(); i++) {
      if (i >= again.size() || once.get(i) != again.get(i)) {
        throw refusal(
            "makes its parameters anew in parameters(), expected the same ones each time: make them"
                + " in the constructor");
      }
    }
  }

  private IllegalArgumentException refusal(String fault) {
    return new IllegalArgumentException(layer.name() + " of " + definition + " " + fault);
  }
}
