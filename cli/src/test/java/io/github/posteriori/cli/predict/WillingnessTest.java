package io.github.posteriori.cli.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WillingnessTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  /** By hand: risks of 0, 1/4 and 2/5 at confidences of 0.8, 0.6 and 0.5. */
  private static final Optional<SelectiveRisk> MEASURED =
      Optional.of(
          SelectiveRisk.of(
              List.of(
                  new Answer(1, 1, 0.9),
                  new Answer(1, 1, 0.8),
                  new Answer(1, 0, 0.7),
                  new Answer(1, 1, 0.6),
                  new Answer(1, 0, 0.5))));

  @Test
  void halvesTheRiskUnlessToldOtherwise() {
    Willingness willingness = new Willingness(MEASURED, NONE, NONE);
    assertEquals(OptionalDouble.of(0.2), willingness.acceptedRisk());
    assertEquals(OptionalDouble.of(0.8), willingness.threshold());
  }

  @Test
  void looksUpTheConfidenceOfARisk() {
    assertEquals(
        OptionalDouble.of(0.6),
        new Willingness(MEASURED, OptionalDouble.of(0.25), NONE).threshold());
    assertTrue(new Willingness(MEASURED, OptionalDouble.of(0.25), NONE).refuses(0.599));
    assertFalse(new Willingness(MEASURED, OptionalDouble.of(0.25), NONE).refuses(0.6));
    assertEquals(
        OptionalDouble.of(0.5), new Willingness(MEASURED, OptionalDouble.of(1), NONE).threshold());
    Optional<SelectiveRisk> bad =
        Optional.of(SelectiveRisk.of(List.of(new Answer(1, 0, 0.9), new Answer(1, 1, 0.4))));
    Willingness none = new Willingness(bad, OptionalDouble.of(0.3), NONE);
    assertEquals(NONE, none.threshold());
    assertTrue(none.refuses(1));
  }

  @Test
  void takesAConfidenceAsItIs() {
    assertEquals(
        OptionalDouble.of(0.77),
        new Willingness(MEASURED, NONE, OptionalDouble.of(0.77)).threshold());
    assertEquals(OptionalDouble.of(0.5), new Willingness(Optional.empty(), NONE, NONE).threshold());
  }

  @Test
  void refusesAChoiceThatIsNone() {
    OptionalDouble half = OptionalDouble.of(0.5);
    assertThrows(IllegalArgumentException.class, () -> new Willingness(MEASURED, half, half));
    assertThrows(
        IllegalArgumentException.class, () -> new Willingness(Optional.empty(), half, NONE));
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      OptionalDouble share = OptionalDouble.of(wrong);
      assertThrows(IllegalArgumentException.class, () -> new Willingness(MEASURED, share, NONE));
      assertThrows(IllegalArgumentException.class, () -> new Willingness(MEASURED, NONE, share));
    }
  }
}
