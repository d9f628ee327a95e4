package io.github.posteriori.cli;

import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.Networks;
import io.github.posteriori.networks.ShippedNet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that makes a network. */
final class NetOptions {
  /** The description of the option {@code --channels}, where there is one. */
  static final String CHANNELS =
      "of the images or signals (default: 1 for lenet and mlp, 12 for signal, 3 for the others)";

  /** What a network is given that leaves its channels free and is not known. */
  private static final int CHANNELS_OF_OTHERS = 3;

  private static final int SIDE = 32;
  private static final int FEATURES = 16;

  @Option(
      names = "--net",
      paramLabel = "NET",
      defaultValue = "lenet",
      description =
          "lenet, alexnet, 3conv3fc, resnet20, vgg11, mlp, separable, signal or widenet; a source"
              + " such as Net.java, or Nets.java#Net where it has several; or a class with"
              + " --classpath (default: ${DEFAULT-VALUE})")
  private String net;

  @Option(
      names = "--kind",
      paramLabel = "K",
      description =
          "bayesian or frequentist (default: bayesian; what its layers say, for a network of your"
              + " own)")
  private String kind;

  @Option(
      names = "--dim",
      paramLabel = "NAME=N",
      split = ",",
      description =
          "sizes that the network leaves free and the data do not say, such as fc1Out=64 (default:"
              + " none)")
  private Map<String, Integer> dims = new LinkedHashMap<>();

  private Definition definition;

  /**
   * Finds the network, once.
   *
   * @param byUser whether the user has stated {@code --net}
   */
  Definition definition(Networks networks, boolean byUser) {
    if (definition == null) {
      definition = networks.find(net, Optional.ofNullable(kind).map(Kind::named), byUser);
      definition.requireFree(dims.keySet());
      dims.forEach((name, size) -> BenchOptions.require("dim " + name, size, 1));
    }
    return definition;
  }

  /** Returns the sizes that are stated. */
  Map<String, Integer> dims() {
    return dims;
  }

  /**
   * Makes up sizes for a network that is given no data.
   *
   * @param channels stated, or null for what the network is usually given
   */
  Map<String, Integer> sizes(Definition definition, Integer channels, int classes) {
    int usual = definition.shipped().map(ShippedNet::channels).orElse(CHANNELS_OF_OTHERS);
    Map<String, Integer> sizes = new HashMap<>();
    sizes.put("channels", channels == null ? usual : channels);
    sizes.put("height", SIDE);
    sizes.put("width", SIDE);
    sizes.put("features", FEATURES);
    sizes.put("classes", classes);
    sizes.putAll(dims);
    return sizes;
  }
}
