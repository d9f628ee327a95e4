package io.github.posteriori.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResidualNetworkTest {

  @Test
  void bindsItsBlocksToWhatArrivesAndLearnsDigits() throws Exception {
    Printed printed = Printed.by(() -> ResidualNetwork.main(new String[] {"1"}));

    assertTrue(printed.out().contains("block1.shortcut [16, 8, 8]"), printed.out());
    assertTrue(printed.out().contains("block2.sum [32, 4, 4]"), printed.out());
    assertTrue(printed.number("accuracy") > 0.5, printed.out());
  }
}
