package com.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Evaluator;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Output;
import io.github.posteriori.Prediction;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.layers.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetTest {
  private static final Dataset TEST = Digits.digits(500, 2);
  private static NetModule net;

  @BeforeAll
  static void train() {
    net = NetModule.create(ModuleOptions.defaults().withSeed(7));
    Trainer.of(net, TrainingOptions.defaults().withEpochs(2).withBatch(32))
        .fit(Digits.digits(1500, 1), TEST);
  }

  @Test
  void learnsDigits() {
    double accuracy = new Evaluator(net, 5, 100).evaluate(TEST).accuracy();

    assertTrue(accuracy > 0.5, "accuracy " + accuracy + ", chance is 0.1");
  }

  @Test
  void saysHowSureItIs() {
    Prediction prediction = net.predict(images(20), 10);

    for (int image = 0; image < 20; image++) {
      double sum = 0;
      for (int c = 0; c < 10; c++) {
        double p = prediction.probabilities().getDouble(image, c);
        double epistemic = prediction.epistemic().getDouble(image, c);
        double aleatoric = prediction.aleatoric().getDouble(image, c);
        assertTrue(epistemic >= 0 && aleatoric >= 0);
        assertEquals(p - p * p, epistemic + aleatoric, 1e-6);
        sum += p;
      }
      assertEquals(1, sum, 1e-6);
    }
    assertTrue(prediction.epistemic().sumNumber().doubleValue() > 0);
  }

  @Test
  void isTheSameAfterSavingAndLoading(@TempDir Path folder) {
    Path file = folder.resolve("net.safetensors");

    net.save(file);
    NetModule loaded = NetModule.load(file);

    Output expected = net.forward(images(20));
    Output found = loaded.forward(images(20));
    assertArrayEquals(bits(expected.logits()), bits(found.logits()));
    assertEquals(expected.kl(), found.kl());
  }

  @Test
  void knowsItsLayersByName() {
    assertEquals(Shape.image(16, 14, 14), net.conv().output());
    assertEquals(10, net.fc().output().size());
  }

  private static INDArray images(int count) {
    float[] pixels = new float[count * 32 * 32];
    for (int i = 0; i < count; i++) {
      TEST.image(i, pixels, i * 32 * 32);
    }
    return Nd4j.create(pixels, new long[] {count, 1, 32, 32}, 'c');
  }

  private static int[] bits(INDArray logits) {
    float[] numbers = logits.dup('c').data().asFloat();
    int[] bits = new int[numbers.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(numbers[i]);
    }
    return bits;
  }
}
