package io.github.posteriori.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.examples.report.RiskCoverageCurve.Point;
import io.github.posteriori.examples.uncertainty.ImageUncertainty;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurvesTest {
  @Test
  void riskIsTheShareOfWrongAnswersAmongTheLeastUncertain() {
    RiskCoverageCurve curve =
        RiskCoverageCurve.of(
            new double[] {0.9, 0.1, 0.5, 0.2}, new boolean[] {false, true, false, true});
    assertEquals(
        List.of(new Point(0.25, 0), new Point(0.5, 0), new Point(0.75, 1.0 / 3), new Point(1, 0.5)),
        curve.points());
    assertEquals(new Point(0.75, 1.0 / 3), curve.at(0.6));
  }

  @Test
  void equallyUncertainImagesAreCoveredTogether() {
    RiskCoverageCurve curve =
        RiskCoverageCurve.of(new double[] {1, 1, 1}, new boolean[] {false, true, true});
    assertEquals(List.of(new Point(1, 1.0 / 3)), curve.points());
  }

  @Test
  void binsHoldTheirImagesMeanConfidenceAndShareOfRightOnes() {
    ReliabilityBins bins =
        ReliabilityBins.of(List.of(image(1, 1), image(1, 0.98), image(0, 0.94), image(0, 0.5)));
    ReliabilityBins.Bin last = bins.bins().get(14);
    assertEquals(3, last.images());
    assertEquals(2.92 / 3, last.confidence(), 1e-12);
    assertEquals(2.0 / 3, last.accuracy(), 1e-12);
    assertEquals(1, bins.bins().get(7).images());
    assertEquals(0, bins.bins().get(0).images());
  }

  private static ImageUncertainty image(int label, double probability) {
    return new ImageUncertainty(0, label, 1, probability, 0, 0, Map.of());
  }
}
