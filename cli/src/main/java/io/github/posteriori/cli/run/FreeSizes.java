package io.github.posteriori.cli.run;

import io.github.posteriori.cli.net.Definition;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import java.util.HashMap;
import java.util.Map;

/** The sizes of a network's free dimensions. */
final class FreeSizes {
  private FreeSizes() {}

  /**
   * Takes what the data have for the input and the classes.
   *
   * @param stated sizes that precede those of the data
   * @throws IllegalArgumentException when the network takes images and the set has features
   */
  static Map<String, Integer> of(Definition definition, Dataset set, Map<String, Integer> stated) {
    Map<String, Integer> sizes = new HashMap<>();
    if (set.shape() instanceof Shape.Image image) {
      sizes.put("height", image.height());
      sizes.put("width", image.width());
    }
    if (definition.free().contains("channels")) {
      sizes.put("channels", InputSize.channels(set));
    }
    sizes.put("features", set.shape().size());
    sizes.put("classes", set.classes());
    sizes.putAll(stated);
    return sizes;
  }
}
