package io.github.posteriori.cli.figures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static double[] values(double factor) {
    return IntStream.range(0, 100).mapToDouble(i -> Math.pow(factor, -i)).toArray();
  }

  @Test
  void isLogarithmicOnlyWhereValuesWouldCrowd() {
    assertFalse(Scale.fitting(values(1.01)).logarithmic());
    assertTrue(Scale.fitting(values(1.2)).logarithmic());
    assertFalse(Scale.fitting(new double[50]).logarithmic());
  }

  @Test
  void spansWholeDecadesAndNotTooMany() {
    Scale scale = Scale.fitting(values(10));
    assertEquals(1e-6, scale.low(), 1e-18);
    assertEquals(1, scale.high());
    assertEquals(0.5, scale.position(1e-3), 1e-12);
    assertEquals(0, scale.position(1e-20));
    assertEquals(0, scale.position(0));
    assertEquals(List.of(1e-6, 1e-4, 1e-2, 1.0), rounded(scale.ticks(5)));
  }

  private static List<Double> rounded(List<Double> ticks) {
    return ticks.stream().map(tick -> Math.pow(10, Math.round(Math.log10(tick)))).toList();
  }

  @Test
  void ticksAtRoundNumbers() {
    double[] ticks =
        new Scale(0, 1, false).ticks(5).stream().mapToDouble(Double::doubleValue).toArray();
    assertArrayEquals(new double[] {0, 0.2, 0.4, 0.6, 0.8, 1}, ticks, 1e-12);
    assertEquals(3, new Scale(0, 0.52, false).ticks(5).size());
    assertEquals(0, Scale.linear(0).low());
    assertEquals(1, Scale.linear(0).high());
  }

  @Test
  void writesSmallNumbersAsPowersOfTen() {
    assertEquals("0.023", Numerals.of(0.02345));
    assertEquals("4.1·10⁻⁵", Numerals.of(4.1e-5));
    assertEquals("10⁻⁷", Numerals.of(1e-7));
    assertEquals("0", Numerals.of(0));
    assertEquals("20", Numerals.of(20));
    assertEquals("10⁻¹²", Numerals.decade(1e-12));
    assertEquals("1", Numerals.decade(1));
    assertEquals("> 0.999", Numerals.probability(0.99999));
    assertEquals("0.810", Numerals.probability(0.81));
  }
}
