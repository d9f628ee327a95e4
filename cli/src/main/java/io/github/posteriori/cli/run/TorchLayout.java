package io.github.posteriori.cli.run;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names that the tensors of a network have in a file of PyTorch. LeNet, AlexNet and 3Conv3FC have
 * those of PyTorch-BayesianCNN, whose frequentist AlexNet and 3Conv3FC are made of {@code
 * Sequential}s, which number their modules: activations, pools, dropout and flatten count, too. All
 * others have the names that they have here.
 *
 * @param tensors PyTorch's name of each tensor by its name here, in order
 */
record TorchLayout(Definition net, Map<String, String> tensors) {
  private static final List<String> LENET = List.of("conv1", "conv2", "fc1", "fc2", "fc3");
  private static final List<String> ALEXNET =
      List.of("conv1", "conv2", "conv3", "conv4", "conv5", "classifier");
  private static final List<String> THREE_CONV_THREE_FC =
      List.of("conv1", "conv2", "conv3", "fc1", "fc2", "fc3");

  /** Layouts of the networks of PyTorch-BayesianCNN. */
  static final List<TorchLayout> OF_PYTORCH_BAYESIAN_CNN =
      List.of(
          of(ShippedNet.LENET, Kind.BAYESIAN, LENET, LENET),
          of(ShippedNet.LENET, Kind.FREQUENTIST, LENET, LENET),
          of(ShippedNet.ALEXNET, Kind.BAYESIAN, ALEXNET, ALEXNET),
          of(
              ShippedNet.ALEXNET,
              Kind.FREQUENTIST,
              ALEXNET,
              List.of(
                  "features.0",
                  "features.4",
                  "features.7",
                  "features.10",
                  "features.12",
                  "classifier")),
          of(
              ShippedNet.THREE_CONV_THREE_FC,
              Kind.BAYESIAN,
              THREE_CONV_THREE_FC,
              THREE_CONV_THREE_FC),
          of(
              ShippedNet.THREE_CONV_THREE_FC,
              Kind.FREQUENTIST,
              THREE_CONV_THREE_FC,
              List.of(
                  "features.0",
                  "features.3",
                  "features.6",
                  "classifier.1",
                  "classifier.3",
                  "classifier.5")));

  /** Layouts of all networks, made when they are first asked for. */
  private static final class All {
    static final List<TorchLayout> LAYOUTS =
        Arrays.stream(ShippedNet.values())
            .flatMap(net -> Arrays.stream(Kind.values()).map(net::definition))
            .map(net -> of(net, Map.of()))
            .toList();
  }

  /** The layouts of all shipped networks, or of those that are wanted. */
  static List<TorchLayout> all(List<Definition> wanted, Map<String, Integer> sizes) {
    return wanted.isEmpty() ? All.LAYOUTS : wanted.stream().map(net -> of(net, sizes)).toList();
  }

  /**
   * The layout of a network.
   *
   * @param sizes of free dimensions that are stated
   */
  static TorchLayout of(Definition net, Map<String, Integer> sizes) {
    return OF_PYTORCH_BAYESIAN_CNN.stream()
        .filter(layout -> net.shipped().isPresent())
        .filter(layout -> layout.net.className().equals(net.className()))
        .findFirst()
        .orElseGet(() -> own(net, sizes));
  }

  private static TorchLayout of(
      ShippedNet net, Kind kind, List<String> layers, List<String> torchLayers) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      for (String part : parts(kind)) {
        names.put(layers.get(i) + "." + part, torchLayers.get(i) + "." + part);
      }
    }
    return new TorchLayout(net.definition(kind), names);
  }

  private static TorchLayout own(Definition net, Map<String, Integer> sizes) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Parameter parameter :
        Conversion.smallest(net, sizes, ModuleOptions.defaults()).parameters()) {
      names.put(parameter.name(), parameter.name());
    }
    return new TorchLayout(net, names);
  }

  /** Returns whose names these are. */
  String origin() {
    return OF_PYTORCH_BAYESIAN_CNN.contains(this) ? "PyTorch-BayesianCNN" : "this project";
  }

  private static List<String> parts(Kind kind) {
    return kind == Kind.BAYESIAN
        ? List.of("W_mu", "W_rho", "bias_mu", "bias_rho")
        : List.of("weight", "bias");
  }

  @Override
  public String toString() {
    return net.kind() + " " + net;
  }
}
