package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {
  @Test
  void fallsLinearlyToTheBit() {
    for (int step = 0; step < 1000; step++) {
      double progress = step / 1000.0;
      assertEquals(1 - progress, LearningRate.linear().at(progress), 0);
    }
  }

  @Test
  void staysAsItIs() {
    for (double progress : new double[] {0, 0.3, 0.999}) {
      assertEquals(1, LearningRate.constant().at(progress), 0);
    }
  }

  @Test
  void fallsAlongHalfACosine() {
    LearningRate cosine = LearningRate.cosine();
    assertEquals(1, cosine.at(0), 0);
    assertEquals(0.5, cosine.at(0.5), 1e-15);
    assertEquals(0, cosine.at(1), 1e-15);
    assertEquals((1 + Math.sqrt(0.5)) / 2, cosine.at(0.25), 1e-15);
    for (int step = 1; step < 1000; step++) {
      assertTrue(cosine.at(step / 1000.0) < cosine.at((step - 1) / 1000.0));
    }
  }

  @Test
  void risesFirstAndThenFollowsTheWholeOfItsSchedule() {
    LearningRate linear = LearningRate.linear().warmUp(0.2);
    assertEquals(0, linear.at(0), 0);
    assertEquals(0.5, linear.at(0.1), 1e-15);
    assertEquals(1, linear.at(0.2), 0);
    assertEquals(0.5, linear.at(0.6), 1e-15);
    assertEquals(0, linear.at(1), 1e-15);
    LearningRate constant = LearningRate.constant().warmUp(0.2);
    assertEquals(0.25, constant.at(0.05), 1e-15);
    assertEquals(1, constant.at(0.9), 0);
    assertEquals(0.5, LearningRate.cosine().warmUp(0.5).at(0.75), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 2, Double.NaN})
  void refusesAWarmUpOfNothingOrOfEverything(double share) {
    assertEquals(
        "the share of warm-up is " + share + ", expected above 0 and below 1, such as 0.05",
        assertThrows(IllegalArgumentException.class, () -> LearningRate.linear().warmUp(share))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"linear", "constant", "cosine"})
  void isParsedFromWhatItPrints(String name) {
    assertEquals(name, LearningRate.parse(name).toString());
    assertEquals(LearningRate.parse(name), LearningRate.parse(name));
    assertEquals(name + " after a warm-up of 0.1", LearningRate.parse(name).warmUp(0.1).toString());
  }

  @Test
  void refusesANameThatIsNone() {
    assertEquals(
        "the learning rate's schedule is 'cosin', expected one of [linear, constant, cosine]",
        assertThrows(IllegalArgumentException.class, () -> LearningRate.parse("cosin"))
            .getMessage());
  }
}
