package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.Prediction;
import org.junit.jupiter.api.Test;

class UncertaintyCollectorTest {
  private static Prediction predict(double[]... samples) {
    PredictiveMoments moments = new PredictiveMoments(samples[0].length / 2, 2);
    for (double[] sample : samples) {
      moments.add(sample);
    }
    return Prediction.of(moments);
  }

  /**
   * Worked out by hand for class 0. Image 1: 0.9 and 0.5, mean 0.7, epistemic 0.04, aleatoric 0.17;
   * image 2: 0.2 twice, epistemic 0, aleatoric 0.16; image 3: 1 and 0, epistemic 0.25, aleatoric 0.
   */
  @Test
  void averagesOverImagesWhateverTheBatches() {
    UncertaintyCollector collector = new UncertaintyCollector(2);
    collector.add(predict(new double[] {0.9, 0.1, 0.2, 0.8}, new double[] {0.5, 0.5, 0.2, 0.8}));
    collector.add(predict(new double[] {1, 0}, new double[] {0, 1}));
    SetUncertainty means = collector.uncertainty();
    assertEquals(3, means.images());
    assertArrayEquals(new double[] {0.29 / 3, 0.29 / 3}, means.epistemic(), 1e-12);
    assertArrayEquals(new double[] {0.33 / 3, 0.33 / 3}, means.aleatoric(), 1e-12);
    assertEquals(0.58 / 3, means.totalEpistemic(), 1e-12);
    assertEquals(0.66 / 3, means.totalAleatoric(), 1e-12);

    double first = entropy(0.7);
    double second = entropy(0.2);
    assertEquals((first + second + Math.log(2)) / 3, means.entropy(), 1e-12);
    double information = first - (entropy(0.9) + entropy(0.5)) / 2 + Math.log(2);
    assertEquals(information / 3, means.mutualInformation(), 1e-12);
  }

  @Test
  void refusesBatchesOfOtherClassesAndToAverageNoImages() {
    UncertaintyCollector collector = new UncertaintyCollector(3);
    assertEquals(
        "the batch has 2 classes, expected 3: collect for as many as the network has",
        assertThrows(
                IllegalArgumentException.class,
                () -> collector.add(predict(new double[] {0.9, 0.1})))
            .getMessage());
    assertThrows(IllegalStateException.class, collector::uncertainty);
    assertThrows(IllegalArgumentException.class, () -> new UncertaintyCollector(0));
  }

  private static double entropy(double p) {
    return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  }
}
