package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.layers.GaussianPrior;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimiserTest {
  private final OptimiserState state =
      new OptimiserState(4, Map.of("fc.weight", Map.of("velocity", new float[] {1, 2, 3})));

  @Test
  void adamHasTheConstantsOfItsAuthors() {
    assertEquals(new Optimiser.Adam(0.9, 0.999, 1e-8), Optimiser.adam());
    assertEquals("adam", Optimiser.adam().name());
    assertEquals(List.of("mean", "square"), Optimiser.adam().slots());
  }

  @Test
  void gradientDescentKeepsItsVelocity() {
    assertEquals(new Optimiser.Sgd(0.9), Optimiser.sgd(0.9));
    assertEquals("sgd", Optimiser.sgd(0).name());
    assertEquals(List.of("velocity"), Optimiser.sgd(0.9).slots());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
  void sharesThatAreNoneAreRefused(double share) {
    String expected = " is " + share + ", expected at least 0 and below 1";
    assertEquals("momentum" + expected, refusal(() -> Optimiser.sgd(share)));
    assertEquals("meanDecay" + expected, refusal(() -> new Optimiser.Adam(share, 0.9, 1)));
    assertEquals("squareDecay" + expected, refusal(() -> new Optimiser.Adam(0.9, share, 1)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.POSITIVE_INFINITY, Double.NaN})
  void anEpsilonThatGuardsNothingIsRefused(double epsilon) {
    assertEquals(
        "epsilon is " + epsilon + ", expected a number above 0, such as 1e-8",
        refusal(() -> new Optimiser.Adam(0.9, 0.999, epsilon)));
  }

  @Test
  void adamCorrectsItsRateForMomentsThatBeginAtZero() {
    Optimiser.Adam adam = new Optimiser.Adam(0.5, 0.75, 1e-8);
    assertEquals(0.1 * Math.sqrt(0.25) / 0.5, adam.correctedRate(0.1, 1), 1e-15);
    assertEquals(0.1 * Math.sqrt(1 - 0.75 * 0.75) / 0.75, adam.correctedRate(0.1, 2), 1e-15);
    assertEquals(0.1, adam.correctedRate(0.1, 1000), 1e-15);
  }

  @Test
  void ivonScalesByItsEffectiveSampleSize() {
    Optimiser.Ivon ivon =
        Optimiser.ivon().withRescaling(true).withHessian(0.3).forTraining(600, 0.5);
    assertEquals("ivon", ivon.name());
    assertEquals(List.of("momentum", "hessian"), ivon.slots());
    assertEquals(1200, ivon.effectiveSize());
    double decay = ivon.weightDecay(new GaussianPrior(0, 0.25));
    assertEquals(16 / 1200.0, decay, 1e-15);
    assertEquals(1 / Math.sqrt(1200 * 0.3 + 16), ivon.sigma(0.3, decay), 1e-15);
    assertEquals(0.1 * (0.3 + decay), ivon.rate(0.1, decay), 1e-15);
    assertEquals(0.1, ivon.withRescaling(false).rate(0.1, decay), 1e-15);
    assertEquals(2, ivon.withDecays(0.5, 0.9).correction(1), 1e-15);
  }

  @Test
  void ivonsThatCannotBeAreRefused() {
    Optimiser.Ivon ivon = Optimiser.ivon();
    assertEquals(
        "hessian is 0.0, expected a number above 0, such as 0.1",
        refusal(() -> ivon.withHessian(0)));
    assertEquals(Optimiser.adam(), Optimiser.adam().forTraining(10, 0.5));
    assertEquals(
        "meanDecay is 1.0, expected at least 0 and below 1",
        refusal(() -> ivon.withDecays(1, 0.9)));
    assertEquals(
        "hessianDecay is -1.0, expected at least 0 and below 1",
        refusal(() -> ivon.withDecays(0.9, -1)));
    assertEquals(
        "clipRadius is 0.0, expected a number above 0, or infinity not to clip",
        refusal(() -> ivon.withClipRadius(0)));
    assertEquals(
        "trainingImages is -1, expected at least 1, or 0 if yet unknown",
        refusal(() -> ivon.forTraining(-1, 1)));
    assertEquals(
        "beta is 0.0, expected a number above 0, such as 1",
        refusal(() -> ivon.forTraining(10, 0)));
  }

  @Test
  void aStateGivesASlotOfItsSize() {
    assertArrayEquals(new float[] {1, 2, 3}, state.slot("fc.weight", "velocity", 3));
  }

  @Test
  void aStateRefusesWhatItDoesNotHave() {
    String remedy = ": it belongs to another network or optimiser";
    assertEquals(
        "the optimiser's state has nothing for fc.weight.mean, expected 3" + remedy,
        refusal(() -> state.slot("fc.weight", "mean", 3)));
    assertEquals(
        "the optimiser's state has nothing for conv.weight.velocity, expected 3" + remedy,
        refusal(() -> state.slot("conv.weight", "velocity", 3)));
    assertEquals(
        "the optimiser's state has 3 numbers for fc.weight.velocity, expected 4" + remedy,
        refusal(() -> state.slot("fc.weight", "velocity", 4)));
  }

  private static String refusal(Runnable refused) {
    return assertThrows(IllegalArgumentException.class, refused::run).getMessage();
  }
}
