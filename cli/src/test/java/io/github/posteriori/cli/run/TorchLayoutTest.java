package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TorchLayoutTest {
  static Stream<Arguments> networks() {
    return Stream.of(ShippedNet.values())
        .flatMap(net -> Stream.of(Kind.values()).map(kind -> Arguments.of(net, kind)));
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("networks")
  void namesEveryTensorOfEveryNetwork(ShippedNet net, Kind kind) {
    List<String> tensors =
        net.create(kind, 1, 2, ModuleOptions.defaults()).parameters().stream()
            .map(Parameter::name)
            .toList();
    assertEquals(
        tensors, List.copyOf(TorchLayout.of(net.definition(kind), Map.of()).tensors().keySet()));
  }

  private static List<String> torchNames(ShippedNet net, Kind kind) {
    return List.copyOf(TorchLayout.of(net.definition(kind), Map.of()).tensors().values());
  }

  @Test
  void bayesianNetworksHaveTheSameNamesThere() {
    for (ShippedNet net : ShippedNet.values()) {
      TorchLayout layout = TorchLayout.of(net.definition(Kind.BAYESIAN), Map.of());
      assertEquals(List.copyOf(layout.tensors().keySet()), torchNames(net, Kind.BAYESIAN));
    }
  }

  @Test
  void frequentistLeNetHasTheSameNamesThere() {
    assertEquals(
        List.of(
            "conv1.weight", "conv1.bias",
            "conv2.weight", "conv2.bias",
            "fc1.weight", "fc1.bias",
            "fc2.weight", "fc2.bias",
            "fc3.weight", "fc3.bias"),
        torchNames(ShippedNet.LENET, Kind.FREQUENTIST));
  }

  /** 0 convolution, 1 ReLU, 2 dropout, 3 pool, 4 convolution, 5 ReLU, 6 pool, 7 convolution, … */
  @Test
  void frequentistAlexNetCountsActivationsDropoutAndPools() {
    assertEquals(
        List.of(
            "features.0.weight", "features.0.bias",
            "features.4.weight", "features.4.bias",
            "features.7.weight", "features.7.bias",
            "features.10.weight", "features.10.bias",
            "features.12.weight", "features.12.bias",
            "classifier.weight", "classifier.bias"),
        torchNames(ShippedNet.ALEXNET, Kind.FREQUENTIST));
  }

  /** Its classifier begins with the flatten. */
  @Test
  void frequentistThreeConvThreeFcCountsInTwoSequentials() {
    assertEquals(
        List.of(
            "features.0.weight", "features.0.bias",
            "features.3.weight", "features.3.bias",
            "features.6.weight", "features.6.bias",
            "classifier.1.weight", "classifier.1.bias",
            "classifier.3.weight", "classifier.3.bias",
            "classifier.5.weight", "classifier.5.bias"),
        torchNames(ShippedNet.THREE_CONV_THREE_FC, Kind.FREQUENTIST));
  }
}
