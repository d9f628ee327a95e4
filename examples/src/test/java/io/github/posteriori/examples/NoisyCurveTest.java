package io.github.posteriori.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NoisyCurveTest {

  @Test
  void learnsACurveAndHowMuchItsNoiseGrows() throws Exception {
    Printed printed = Printed.by(() -> NoisyCurve.main(new String[] {"40"}));

    assertEquals(0.95, printed.number("coverage"), 0.03, printed.out());
    assertTrue(printed.number("RMSE") < 5000, printed.out());
    assertTrue(epistemic(printed, 3) > 3 * epistemic(printed, 0), "outside it is less sure");
  }

  private static double epistemic(Printed printed, int x) {
    return printed
        .out()
        .lines()
        .filter(line -> line.startsWith("at  " + x))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*epistemic std (\\d+).*", "$1")))
        .findFirst()
        .orElseThrow();
  }
}
