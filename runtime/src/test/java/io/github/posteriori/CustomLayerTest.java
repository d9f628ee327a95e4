package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CustomLayerTest {
  private static final Shape.Features INPUT = Shape.features(4);

  @TempDir Path folder;

  /** Linear, activation, scale, linear; the activation's output is remembered by two layers. */
  private static Chain scaled(ModuleOptions options) {
    return Chain.of(
        options,
        build -> {
          NetworkLayer linear = build.linear("linear", INPUT, 5, true);
          NetworkLayer act =
              build.activation(
                  "act", linear.output(), io.github.posteriori.annotations.Activation.TANH);
          NetworkLayer scale = build.custom(() -> new Scale("scale", act.output()));
          NetworkLayer last = build.bayesLinear("last", scale.output(), 2, true);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {linear, act},
              new NetworkLayer[] {scale},
              new NetworkLayer[] {last});
        });
  }

  private static Dataset halves() {
    float[][] rows = new float[70][];
    int[] labels = new int[70];
    for (int i = 0; i < 70; i++) {
      rows[i] = NoiseKey.training(3, 0).of(1).uniform(i, 1, 4);
      labels[i] = rows[i][0] > rows[i][1] ? 1 : 0;
    }
    return Dataset.of("halves", Shape.image(1, 2, 2), 2, rows, labels);
  }

  private static double factor(BayesModule module) {
    return module.parameters().stream()
        .filter(parameter -> parameter.name().equals("scale.factor"))
        .findFirst()
        .orElseThrow()
        .value()
        .getDouble(0);
  }

  @Test
  void isTrainedMeasuredSavedAndLoaded() {
    Chain module = scaled(ModuleOptions.defaults().withEstimator(Estimator.LRT));
    double kl = module.kl();
    TrainingOptions options =
        TrainingOptions.defaults().withEpochs(8).withBatch(32).withLearningRate(0.02);
    var epochs = Trainer.of(module, options).fit(halves(), halves());
    assertEquals(true, epochs.get(7).loss() < 0.8 * epochs.get(0).loss());
    assertNotEquals(1.5, factor(module));
    assertNotEquals(kl, module.kl());

    Path file = folder.resolve("scaled.safetensors");
    module.save(file);
    Chain loaded = Checkpoint.load(file, Chain.DEFINITION, (free, stated) -> scaled(stated));
    assertEquals(factor(module), factor(loaded));
    INDArray x = Nd4j.linspace(0, 1, 12, DataType.FLOAT).reshape(3, 4);
    assertEquals(module.forward(x).logits(), loaded.forward(x).logits());
  }

  @Test
  void describesItselfByItsClass() {
    NetworkLayer scale = scaled(ModuleOptions.defaults()).network().layers().get(2);
    assertEquals("Scale", scale.kind());
    assertEquals(scale.input(), scale.output());
  }

  @Test
  void startsFromACopyInFloat() {
    INDArray start = Nd4j.ones(DataType.DOUBLE, 2, 3);
    Parameter parameter = Parameter.trained("own.weight", start);
    start.assign(7);
    assertEquals(Nd4j.ones(DataType.FLOAT, 2, 3), parameter.value());
    assertArrayEquals(new long[] {2, 3}, parameter.gradient().shape());
    assertEquals(true, parameter.trained());
  }

  /** A layer that gives and hands back whatever it is told. */
  private record Wrong(
      String name, Shape input, UnaryOperator<INDArray> y, UnaryOperator<INDArray> dx)
      implements CustomLayer {
    @Override
    public INDArray forward(INDArray x) {
      return y.apply(x);
    }

    @Override
    public INDArray backward(INDArray x, INDArray y, INDArray dy) {
      return dx.apply(dy);
    }
  }

  private static String refusal(UnaryOperator<INDArray> y, UnaryOperator<INDArray> dx) {
    Chain module =
        Chain.of(
            ModuleOptions.defaults(),
            build -> {
              NetworkLayer linear = build.linear("linear", INPUT, 2, true);
              NetworkLayer wrong = build.custom(() -> new Wrong("own", linear.output(), y, dx));
              return List.<NetworkLayer[]>of(
                  new NetworkLayer[] {linear}, new NetworkLayer[] {wrong});
            });
    TrainingOptions once = TrainingOptions.defaults().withEpochs(1).withBatch(70);
    return assertThrows(IllegalStateException.class, () -> Trainer.of(module, once).fit(halves()))
        .getMessage();
  }

  @Test
  void isNamedWhenItsArraysHaveOtherShapes() {
    assertEquals(
        "own is a Wrong that gives [2, 70], expected [70, 2]: correct the class",
        refusal(INDArray::transpose, dy -> dy));
    assertEquals(
        "own is a Wrong that gives null, expected [70, 2]: correct the class",
        refusal(x -> null, dy -> dy));
    assertEquals(
        "own is a Wrong that hands back the gradient [70], expected [70, 2]: correct the class",
        refusal(x -> x, dy -> dy.sum(1)));
  }

  @Test
  void isNamedWhenItTakesAnotherInputThanItIsGiven() {
    Chain module =
        Chain.of(
            ModuleOptions.defaults(),
            build -> {
              NetworkLayer linear = build.linear("linear", INPUT, 2, true);
              NetworkLayer wrong = build.custom(() -> new Scale("own", Shape.features(3)));
              return List.<NetworkLayer[]>of(
                  new NetworkLayer[] {linear}, new NetworkLayer[] {wrong});
            });
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> module.forward(Nd4j.ones(5, 4)));
    assertEquals(
        "own is a Scale that is given [5, 2], expected [5, 3]: correct the class",
        refusal.getMessage());
  }
}
