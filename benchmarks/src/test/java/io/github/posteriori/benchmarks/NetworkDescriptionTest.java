package io.github.posteriori.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.drawn.DrawnLayer;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.drawn.LayerKind;
import io.github.posteriori.networks.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NetworkDescriptionTest {
  private static List<Map<String, Object>> layers(DrawnNetwork network) {
    return NetworkDescription.of(network.module(ModuleOptions.defaults()), 1).layers();
  }

  private static boolean hasCustom(DrawnNetwork network) {
    return network.layers().stream().anyMatch(layer -> layer.kind() instanceof LayerKind.Custom);
  }

  @Test
  void everyLayerOfADrawnNetworkTakesTheOutputsThatItsFieldNames() {
    List<DrawnNetwork> networks =
        LongStream.range(0, 60)
            .mapToObj(DrawnNetwork::small)
            .filter(network -> !hasCustom(network))
            .toList();
    for (DrawnNetwork network : networks) {
      List<Map<String, Object>> described = layers(network);
      assertEquals(
          network.layers().stream().map(DrawnLayer::name).toList(),
          described.stream().map(layer -> layer.get("name")).toList());
      assertEquals(
          network.layers().stream().map(DrawnLayer::from).toList(),
          described.stream().map(layer -> layer.get("from")).toList());
    }
    assertTrue(networks.size() > 40, "networks " + networks.size());
  }

  @Test
  void aCustomLayerHasNoCounterpart() {
    DrawnNetwork network =
        LongStream.iterate(0, seed -> seed + 1)
            .mapToObj(DrawnNetwork::small)
            .filter(NetworkDescriptionTest::hasCustom)
            .findFirst()
            .orElseThrow();
    String message =
        assertThrows(IllegalArgumentException.class, () -> layers(network)).getMessage();
    assertTrue(message.contains("is a custom layer, expected those of the library"), message);
  }

  @Test
  void aLayerIsDescribedByTheElementsOfItsAnnotation() {
    NetworkDescription description =
        NetworkDescription.of(
            MeasuredNet.named("separable")
                .create(Kind.BAYESIAN, ModuleOptions.defaults().withEstimator(Estimator.BBB)),
            128);
    assertEquals(List.of(3, 32, 32), description.input());
    assertEquals(128, description.batch());
    Map<String, Object> depthwise =
        description.layers().stream()
            .filter(layer -> layer.get("name").equals("depthwise2"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        Map.ofEntries(
            Map.entry("name", "depthwise2"),
            Map.entry("kind", "conv"),
            Map.entry("out", 64),
            Map.entry("bias", false),
            Map.entry("estimator", "bbb"),
            Map.entry("kernel", List.of(3, 3)),
            Map.entry("stride", List.of(2, 2)),
            Map.entry("padding", List.of(1, 1)),
            Map.entry("dilation", List.of(1, 1)),
            Map.entry("groups", 64),
            Map.entry("from", List.of("pointwiseAct1"))),
        depthwise);
    assertTrue(description.json().startsWith("{\"batch\":128,\"input\":[3,32,32],\"layers\":[{"));
  }
}
