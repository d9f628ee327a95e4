package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.networks.Definition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a network and a set fit each other. */
final class DataFit {
  private DataFit() {}

  /**
   * Returns the sizes of free dimensions: those that the data have, and those that are stated.
   *
   * @param likelihood of the targets
   * @param stated sizes that precede those of the data
   * @throws IllegalArgumentException when the network takes images and the set has features
   */
  static Map<String, Integer> freeSizes(
      Definition definition, Dataset set, Likelihood likelihood, Map<String, Integer> stated) {
    Map<String, Integer> sizes = new HashMap<>();
    if (set.shape() instanceof Shape.Image image) {
      sizes.put("height", image.height());
      sizes.put("width", image.width());
    }
    if (definition.free().contains("channels")) {
      sizes.put("channels", InputSize.channels(set));
    }
    sizes.put("features", set.shape().size());
    sizes.put("classes", likelihood.outputs(set));
    sizes.putAll(stated);
    return sizes;
  }

  /**
   * Refuses a set whose examples or targets are not those of the network.
   *
   * @throws IllegalArgumentException when they are others
   */
  static void require(BayesModule module, Dataset set, Likelihood likelihood) {
    Shape input = module.inputShape();
    boolean isFlattened = input instanceof Shape.Features && input.size() == set.shape().size();
    if (!set.shape().equals(input) && !isFlattened) {
      throw new IllegalArgumentException(
          Definition.nameOf(module)
              + " takes "
              + input
              + ", but "
              + set.name()
              + " has "
              + set.shape()
              + ": leave in the class free what the data say (Dim.FREE), or choose other data");
    }
    int outputs = module.outputShape().size();
    int expected = likelihood.outputs(set);
    if (outputs != expected) {
      throw new IllegalArgumentException(
          Definition.nameOf(module)
              + " has "
              + outputs
              + " outputs, but "
              + set.name()
              + " has "
              + targets(set, likelihood)
              + ": state out = "
              + expected
              + " at the last layer, or leave it free (Dim.FREE)");
    }
  }

  private static String targets(Dataset set, Likelihood likelihood) {
    List<String> names = set.targetNames();
    return names.isEmpty()
        ? set.classes() + " classes"
        : names.size()
            + (names.size() == 1 ? " target " : " targets ")
            + names
            + ", for which the "
            + likelihood.name()
            + " likelihood takes "
            + likelihood.outputs(set);
  }
}
