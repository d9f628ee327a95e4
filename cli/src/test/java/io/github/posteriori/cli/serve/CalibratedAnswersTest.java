package io.github.posteriori.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.calibration.SetScore;
import io.github.posteriori.calibration.Temperature;
import io.github.posteriori.cli.predict.Willingness;
import io.github.posteriori.data.Digits;
import io.github.posteriori.uncertainty.RiskCoverage.Point;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CalibratedAnswersTest {
  private static float[] digits(int count) {
    float[] pixels = new float[count * 1024];
    for (int i = 0; i < count; i++) {
      Digits.digits(count, 4).image(i, pixels, i * 1024);
    }
    return pixels;
  }

  private static List<String> set(BayesModule module, float[] pixels, int i) {
    float[] own = Arrays.copyOfRange(pixels, i * 1024, (i + 1) * 1024);
    Told told = Told.ask(module, pixels, pixels.length / 1024, 5).get(i);
    INDArray one = Nd4j.create(own, new long[] {1, 1, 32, 32}, 'c');
    ServedAnswer answer = (ServedAnswer) told.answer(OptionalDouble.of(0), null);
    if (answer.predicted().classes() != null) {
      List<String> expected =
          Arrays.stream(module.sets(one, module.predict(one, 5)).get(0))
              .mapToObj(module.classNames()::get)
              .toList();
      assertEquals(expected, answer.predicted().classes());
    }
    return answer.predicted().classes();
  }

  @Test
  void eachPictureHasTheSetThatItWouldHaveAlone() {
    BayesModule module = Served.network();
    float[] pixels = digits(3);
    assertNull(set(module, pixels, 0));
    ConformalSets sets = new ConformalSets(new SetScore.Aps(), 0.6);
    module.calibration(new Calibration.OfClasses(0.9, 20, 5, new Temperature(0.5), sets));
    for (int i = 0; i < 3; i++) {
      assertFalse(set(module, pixels, i).isEmpty());
    }
  }

  /** Half of the bound of everything may be less than anything that few examples can promise. */
  @Test
  void unlessStatedTheRiskIsOneThatCanBePromised() {
    List<Point> points = List.of(new Point(0.9, 0.5, 0.2), new Point(0, 1, 0.3));
    Willingness promised = willingness(new SelectiveRisk(50, points, Optional.of(0.05)));
    assertEquals(OptionalDouble.of(0.2), promised.acceptedRisk());
    assertEquals(OptionalDouble.of(0.9), promised.threshold());
    Willingness measured = willingness(new SelectiveRisk(50, points));
    assertEquals(OptionalDouble.of(0.15), measured.acceptedRisk());
    assertTrue(measured.threshold().isEmpty());
  }

  private static Willingness willingness(SelectiveRisk risk) {
    return new Willingness(Optional.of(risk), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
