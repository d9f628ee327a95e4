package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"gradients", "bfloat16", "local:1", "local:16", "merge"})
  void nameAnExchange(String name) {
    assertEquals(name, Exchange.parse(name).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local:0", "local:-1", "local:1.5", "local:9999999999", "float"})
  void othersAreRefused(String name) {
    assertEquals(
        "the exchange is '"
            + name
            + "', expected gradients, bfloat16, local:K with a number of steps such as local:16, or"
            + " merge",
        assertThrows(IllegalArgumentException.class, () -> Exchange.parse(name))
            .getMessage()
            .replaceFirst("[;:,]? did you mean.*", ""));
  }

  @Test
  void stepsAreAtLeastOne() {
    assertThrows(IllegalArgumentException.class, () -> Exchange.local(0));
  }
}
