package io.github.posteriori.cli.run;

import io.github.posteriori.cli.run.Net.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names that PyTorch-BayesianCNN gives the layers of a shipped network. Its frequentist AlexNet and
 * 3Conv3FC are made of {@code Sequential}s, which number their modules: activations, pools, dropout
 * and flatten count, too.
 *
 * @param layers that have weights, by their names here, in order
 * @param torchLayers the same layers by their names there
 */
record TorchLayout(Net net, Kind kind, List<String> layers, List<String> torchLayers) {
  private static final List<String> LENET = List.of("conv1", "conv2", "fc1", "fc2", "fc3");
  private static final List<String> ALEXNET =
      List.of("conv1", "conv2", "conv3", "conv4", "conv5", "classifier");
  private static final List<String> THREE_CONV_THREE_FC =
      List.of("conv1", "conv2", "conv3", "fc1", "fc2", "fc3");

  /** Layouts of all networks. */
  static final List<TorchLayout> ALL =
      List.of(
          new TorchLayout(Net.LENET, Kind.BAYESIAN, LENET, LENET),
          new TorchLayout(Net.LENET, Kind.FREQUENTIST, LENET, LENET),
          new TorchLayout(Net.ALEXNET, Kind.BAYESIAN, ALEXNET, ALEXNET),
          new TorchLayout(
              Net.ALEXNET,
              Kind.FREQUENTIST,
              ALEXNET,
              List.of(
                  "features.0",
                  "features.4",
                  "features.7",
                  "features.10",
                  "features.12",
                  "classifier")),
          new TorchLayout(
              Net.THREE_CONV_THREE_FC, Kind.BAYESIAN, THREE_CONV_THREE_FC, THREE_CONV_THREE_FC),
          new TorchLayout(
              Net.THREE_CONV_THREE_FC,
              Kind.FREQUENTIST,
              THREE_CONV_THREE_FC,
              List.of(
                  "features.0",
                  "features.3",
                  "features.6",
                  "classifier.1",
                  "classifier.3",
                  "classifier.5")));

  /** The layout of a shipped network. */
  static TorchLayout of(Net net, Kind kind) {
    return ALL.stream()
        .filter(layout -> layout.net == net && layout.kind == kind)
        .findFirst()
        .orElseThrow();
  }

  /** PyTorch's name of each tensor by its name here, in order. */
  Map<String, String> tensors() {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      for (String part : parts()) {
        names.put(layers.get(i) + "." + part, torchLayers.get(i) + "." + part);
      }
    }
    return names;
  }

  /** The weights (or their means) of the first layer, whose second dimension counts channels. */
  String firstWeight() {
    return layers.get(0) + "." + parts().get(0);
  }

  /** The weights (or their means) of the last layer, whose first dimension counts classes. */
  String lastWeight() {
    return layers.get(layers.size() - 1) + "." + parts().get(0);
  }

  private List<String> parts() {
    return kind == Kind.BAYESIAN
        ? List.of("W_mu", "W_rho", "bias_mu", "bias_rho")
        : List.of("weight", "bias");
  }

  @Override
  public String toString() {
    return kind + " " + net;
  }
}
