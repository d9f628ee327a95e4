package io.github.posteriori.drawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimedNetworksTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void aSeedNamesOneNetworkOfAUsualBatchAndTime(long seed) {
    DrawnNetwork network = DrawnNetwork.timed(seed);
    assertEquals(network.toString(), DrawnNetwork.timed(seed).toString());
    assertEquals("Drawn" + seed, network.name());
    assertEquals(1, network.samples());
    assertTrue(List.of(32, 64, 128, 256).contains(network.images()), network.toString());
    double millis = StepEstimate.millis(network);
    assertTrue(millis > 20 && millis < 500, millis + " ms");
  }

  @Test
  void neighbouringSeedsNameDifferentNetworks() {
    assertNotEquals(DrawnNetwork.timed(3).layers(), DrawnNetwork.timed(4).layers());
  }
}
