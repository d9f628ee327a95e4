package io.github.posteriori.cli.run;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.cli.run.Net.Kind;
import io.github.posteriori.layers.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names that the tensors of a shipped network have in a file of PyTorch. LeNet, AlexNet and
 * 3Conv3FC have those of PyTorch-BayesianCNN, whose frequentist AlexNet and 3Conv3FC are made of
 * {@code Sequential}s, which number their modules: activations, pools, dropout and flatten count,
 * too. All others have the names that they have here.
 *
 * @param tensors PyTorch's name of each tensor by its name here, in order
 */
record TorchLayout(Net net, Kind kind, Map<String, String> tensors) {
  private static final List<String> LENET = List.of("conv1", "conv2", "fc1", "fc2", "fc3");
  private static final List<String> ALEXNET =
      List.of("conv1", "conv2", "conv3", "conv4", "conv5", "classifier");
  private static final List<String> THREE_CONV_THREE_FC =
      List.of("conv1", "conv2", "conv3", "fc1", "fc2", "fc3");

  /** Layouts of the networks of PyTorch-BayesianCNN. */
  static final List<TorchLayout> OF_PYTORCH_BAYESIAN_CNN =
      List.of(
          of(Net.LENET, Kind.BAYESIAN, LENET, LENET),
          of(Net.LENET, Kind.FREQUENTIST, LENET, LENET),
          of(Net.ALEXNET, Kind.BAYESIAN, ALEXNET, ALEXNET),
          of(
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
          of(Net.THREE_CONV_THREE_FC, Kind.BAYESIAN, THREE_CONV_THREE_FC, THREE_CONV_THREE_FC),
          of(
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

  /** Layouts of all networks, made when they are first asked for. */
  private static final class All {
    static final List<TorchLayout> LAYOUTS =
        Arrays.stream(Net.values()).flatMap(TorchLayout::both).toList();
  }

  /** The layouts of all shipped networks, or of the one that is wanted. */
  static List<TorchLayout> all(Optional<Net> wanted) {
    return wanted.map(net -> both(net).toList()).orElseGet(() -> All.LAYOUTS);
  }

  private static Stream<TorchLayout> both(Net net) {
    return Arrays.stream(Kind.values()).map(kind -> of(net, kind));
  }

  /** The layout of a shipped network. */
  static TorchLayout of(Net net, Kind kind) {
    return OF_PYTORCH_BAYESIAN_CNN.stream()
        .filter(layout -> layout.net == net && layout.kind == kind)
        .findFirst()
        .orElseGet(() -> own(net, kind));
  }

  private static TorchLayout of(Net net, Kind kind, List<String> layers, List<String> torchLayers) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      for (String part : parts(kind)) {
        names.put(layers.get(i) + "." + part, torchLayers.get(i) + "." + part);
      }
    }
    return new TorchLayout(net, kind, names);
  }

  private static TorchLayout own(Net net, Kind kind) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Parameter parameter : net.create(kind, 1, 1, ModuleOptions.defaults()).parameters()) {
      names.put(parameter.name(), parameter.name());
    }
    return new TorchLayout(net, kind, names);
  }

  /** Returns whose names these are. */
  String origin() {
    return OF_PYTORCH_BAYESIAN_CNN.contains(this) ? "PyTorch-BayesianCNN" : "this project";
  }

  /**
   * The weights (or their means) of the first layer, whose second dimension grows with channels.
   */
  String firstWeight() {
    return weights().get(0);
  }

  /** The weights (or their means) of the last layer, whose first dimension counts classes. */
  String lastWeight() {
    List<String> weights = weights();
    return weights.get(weights.size() - 1);
  }

  private List<String> weights() {
    return tensors.keySet().stream().filter(name -> name.endsWith(parts(kind).get(0))).toList();
  }

  private static List<String> parts(Kind kind) {
    return kind == Kind.BAYESIAN
        ? List.of("W_mu", "W_rho", "bias_mu", "bias_rho")
        : List.of("weight", "bias");
  }

  @Override
  public String toString() {
    return kind + " " + net;
  }
}
