package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Chains have all layers of a network, in order, and go on as far as one output has one taker. */
class ChainsTest {
  private static Network network(long seed) {
    BayesModule module = DrawnNetwork.small(seed).module(ModuleOptions.defaults());
    return module.network();
  }

  @Test
  void holdEachLayerOnce() {
    LongStream.range(0, 40)
        .mapToObj(ChainsTest::network)
        .forEach(
            network -> {
              List<NetworkLayer> layers =
                  new Chains(network).stages().stream().flatMap(s -> s.layers().stream()).toList();
              assertEquals(network.layers().size(), layers.size());
              assertEquals(
                  List.copyOf(network.layers()).size(), layers.stream().distinct().count());
            });
  }

  @Test
  void endWhereAnOutputIsJoinedOrTakenTwice() {
    LongStream.range(0, 40)
        .mapToObj(ChainsTest::network)
        .forEach(
            network -> {
              Chains chains = new Chains(network);
              for (Stage stage : network.stages()) {
                long takers =
                    network.stages().stream()
                        .flatMap(s -> s.inputs().stream())
                        .filter(input -> input == stage.index())
                        .count();
                boolean joined =
                    network.stages().stream()
                        .filter(s -> s.inputs().contains(stage.index()))
                        .anyMatch(s -> s.first() instanceof JoinLayer);
                if (takers == 1 && !joined) {
                  assertNull(chains.endedBy(stage), stage::toString);
                } else {
                  assertEquals(
                      stage.last(), chains.endedBy(stage).last(), () -> "the end of " + stage);
                }
              }
            });
  }
}
