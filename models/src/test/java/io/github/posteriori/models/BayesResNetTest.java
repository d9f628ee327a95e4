package io.github.posteriori.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Evaluator;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Digits;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.train.Beta;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A residual network, whose blocks are written as fields. */
class BayesResNetTest {
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withEpochs(1)
          .withBatch(16)
          .withLearningRate(2e-3)
          .withBeta(new Beta.Constant(0.1));

  @Test
  void anEpochOnAThousandDigitsTeachesItDigits(@TempDir Path folder) {
    BayesResNetModule module = BayesResNetModule.create(1, 10);
    double kl = module.kl();
    Trainer.of(module, OPTIONS).fit(Digits.digits(1_024, 1));

    double accuracy = new Evaluator(module, 2, 250).evaluate(Digits.digits(500, 2)).accuracy();
    // 64 steps: far from done, and far from the 10 % of a guess.
    assertTrue(accuracy > 0.3, "accuracy " + accuracy);
    assertTrue(module.kl() != kl, "the posteriors did not move");

    Path file = folder.resolve("resnet.safetensors");
    module.save(file);
    INDArray images = Nd4j.rand(3, 1, 32, 32);
    assertEquals(
        module.forward(images).logits(), BayesResNetModule.load(file).forward(images).logits());
  }

  @Test
  void shapesAreThoseOfThePaper() {
    BayesResNetModule module = BayesResNetModule.create(3, 100);
    assertEquals(Shape.image(16, 32, 32), module.block1().outputShape());
    assertEquals(Shape.image(32, 16, 16), module.block2().outputShape());
    assertEquals(Shape.image(64, 8, 8), module.block3().outputShape());
    assertEquals(Shape.features(100), module.outputShape());
    long weights =
        module.layers().stream()
            .flatMap(layer -> layer.parameters().stream())
            .filter(parameter -> parameter.name().endsWith("W_mu"))
            .mapToLong(Parameter::size)
            .sum();
    // 3x3 kernels: 3-16, 16-16 twice, 16-32, 32-32, 32-64, 64-64; shortcuts 16-32, 32-64; 64-100.
    assertEquals(9 * (3 * 16 + 2 * 256 + 512 + 1024 + 2048 + 4096) + 512 + 2048 + 6400, weights);
  }

  @Test
  void tensorsOfABlockAreNamedAfterBothFields() {
    BayesResNetModule module = BayesResNetModule.create(1, 10);
    List<String> names = module.parameters().stream().map(Parameter::name).toList();
    assertTrue(names.contains("block1.conv1.W_mu"), names::toString);
    assertTrue(names.contains("block3.shortcutBn.running_var"), names::toString);
    assertEquals("block2.conv1", module.block2().conv1().name());
  }
}
