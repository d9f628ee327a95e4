package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandardisationTest {

  /** A set whose number {@code k} of example {@code i} is a function of both. */
  private record Numbers(Shape.Image shape, int size, Value value) implements Dataset {
    interface Value {
      float at(int example, int number);
    }

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int label(int index) {
      return index % 2;
    }

    @Override
    public void image(int index, float[] target, int offset) {
      for (int k = 0; k < shape.size(); k++) {
        target[offset + k] = value.at(index, k);
      }
    }
  }

  private static float pixel(int example, int number) {
    return (float) (0.5 + 0.4 * Math.sin(1 + example * 3.7 + number * 1.3)) / (1 + number / 6);
  }

  @Test
  void hasTheMeanAndDeviationOfEachChannelOverAllExamples() {
    Dataset set = new Numbers(Shape.image(3, 2, 3), 17, StandardisationTest::pixel);
    Standardisation learnt = Standardisation.of(set);
    for (int channel = 0; channel < 3; channel++) {
      int first = channel * 6;
      double[] all =
          IntStream.range(0, 17 * 6).mapToDouble(i -> pixel(i / 6, first + i % 6)).toArray();
      double mean = IntStream.range(0, all.length).mapToDouble(i -> all[i]).average().orElseThrow();
      double variance =
          IntStream.range(0, all.length)
              .mapToDouble(i -> (all[i] - mean) * (all[i] - mean))
              .average()
              .orElseThrow();
      assertEquals(mean, learnt.means().get(channel), 1e-7);
      assertEquals(Math.sqrt(variance), learnt.deviations().get(channel), 1e-7);
    }
  }

  @Test
  void standardisesWithTwoOperationsOnFloats() {
    Standardisation by = new Standardisation(List.of(0.1f, -2f), List.of(0.3f, 7f));
    float[] examples = {0.7f, 0.2f, 5, 6, 0, 1, -2, -9};
    assertArrayEquals(
        new float[] {
          (0.7f - 0.1f) / 0.3f,
          (0.2f - 0.1f) / 0.3f,
          1,
          8 / 7f,
          (0 - 0.1f) / 0.3f,
          (1 - 0.1f) / 0.3f,
          0,
          -1
        },
        by.apply(examples, 4));
    assertEquals(0.7f, examples[0], "the caller's numbers stay as they are");
  }

  @Test
  void keepsEveryDigitOfALargeFeatureThatHardlyVaries() {
    Dataset set = new Numbers(Shape.image(1, 1, 1), 1000, (i, k) -> 1_000_000 + i % 2);
    Standardisation learnt = Standardisation.of(set);
    assertEquals(0.5f, learnt.deviations().get(0));
    assertArrayEquals(
        new float[] {-1, 1}, learnt.apply(new float[] {1_000_000, 1_000_001}, 1), 1e-6f);
  }

  @Test
  void onlyShiftsWhatIsConstant() {
    for (float constant : new float[] {0, 0.1f, -3e6f}) {
      Dataset set = new Numbers(Shape.image(2, 7, 11), 7, (i, k) -> k < 77 ? constant : i);
      Standardisation learnt = Standardisation.of(set);
      assertEquals(constant, learnt.means().get(0));
      assertEquals(1f, learnt.deviations().get(0));
      assertEquals(2f, learnt.deviations().get(1));
    }
  }

  @Test
  void learnsTheSameEachTimeWhateverTheOrder() {
    Dataset set = new Numbers(Shape.image(3, 2, 3), 17, StandardisationTest::pixel);
    assertEquals(Standardisation.of(set), Standardisation.of(set));
  }

  @Test
  void samplesASetThatIsTooLargeToReadWhole() {
    AtomicInteger reads = new AtomicInteger();
    Shape.Image shape = Shape.image(1, 1 << 13, 1 << 13);
    Dataset set = new Numbers(shape, 100_000, (i, k) -> k == 0 ? reads.incrementAndGet() : 0);
    Standardisation.of(set);
    assertEquals(4, reads.get());
  }

  @Test
  void fitsShapesOfAsManyChannels() {
    Standardisation rgb = new Standardisation(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
    assertTrue(rgb.fits(Shape.image(3, 4, 4)));
    assertTrue(rgb.fits(Shape.features(48)));
    assertFalse(rgb.fits(Shape.image(1, 4, 4)));
    assertFalse(rgb.fits(Shape.features(16)));
  }

  @Test
  void saysWhatItIsInOneLine() {
    assertEquals(
        "means 0.1000 -2.000, deviations 0.3000 7.000e+06",
        new Standardisation(List.of(0.1f, -2f), List.of(0.3f, 7e6f)).toString());
    assertEquals(
        "means 0.000 0.000 0.000 0.000 … of 9, deviations 1.000 1.000 1.000 1.000 … of 9",
        new Standardisation(Collections.nCopies(9, 0f), Collections.nCopies(9, 1f)).toString());
  }

  @Test
  void refusesWhatIsNoStandardisation() {
    assertEquals(
        "a standardisation has 1 means and 2 deviations, expected one of each for every channel",
        refusal(List.of(0f), List.of(1f, 1f)));
    for (float wrong : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertEquals(
          "channel 1 has the mean 0.0 and the deviation "
              + wrong
              + ", expected finite ones above 0",
          refusal(List.of(0f, 0f), List.of(1f, wrong)));
    }
    refusal(List.of(Float.NaN), List.of(1f));
    refusal(List.of(), List.of());
  }

  private static String refusal(List<Float> means, List<Float> deviations) {
    return assertThrows(
            IllegalArgumentException.class, () -> new Standardisation(means, deviations))
        .getMessage();
  }
}
