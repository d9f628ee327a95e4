package io.github.posteriori.build;

import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a network asks of a layer of the user's own when it takes it in.
 *
 * @param layer the layer
 * @param definition the class that declares it
 */
record CustomContract(CustomLayer layer, String definition) {

  /** Refuses a name that is not the one that the layer was handed, as far as that can be told. */
  void requireName(String prefix, List<NetworkLayer> others) {
    String remedy = ": name() must give the name that the constructor is handed";
    if (!layer.name().startsWith(prefix)) {
      throw refusal("has a name that does not start with '" + prefix + "'" + remedy);
    }
    if (others.stream().anyMatch(other -> other.name().equals(layer.name()))) {
      throw refusal("has the name of another layer" + remedy);
    }
  }

  /** Refuses another output than that of the same shape as the input. */
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

  /** Refuses another output than the declared one. */
  void requireOutput(CustomLayer.OfImage declared) {
    if (!(layer.input() instanceof Shape.Image image)) {
      throw refusal(
          "takes the features "
              + layer.input()
              + ", but its @Custom declares the output for an image: declare it for features");
    }
    requireOutput(declared.of(image.channels(), image.height(), image.width()));
  }

  /** Refuses another output than the declared one. */
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

  /** Refuses parameters that a checkpoint or the engine could not take. */
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

  /** Refuses a layer that would leave the one who trains it with copies. */
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
