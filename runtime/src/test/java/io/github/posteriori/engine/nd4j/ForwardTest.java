package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What layers compute, against loops that follow the definition. */
class ForwardTest {
  private static final Shape.Image INPUT = Shape.image(4, 9, 8);
  private static final int IMAGES = 3;

  private static Chain alone(Function<ModuleBuilder, NetworkLayer> layer) {
    return Chain.of(
        ModuleOptions.defaults(),
        build -> List.<NetworkLayer[]>of(new NetworkLayer[] {layer.apply(build)}));
  }

  private static INDArray images() {
    float[] values = NoiseKey.training(1, 1).of(1).normal(0, IMAGES, INPUT.size());
    return Nd4j.create(values, INPUT.batch(IMAGES), 'c');
  }

  private static INDArray run(Chain module, INDArray images, boolean training) {
    Purpose purpose = training ? Purpose.TRAINING : Purpose.EVALUATION;
    Nd4jRunner runner = new Nd4jRunner(module.network(), DataType.FLOAT);
    Nd4jPass pass = runner.pass(NoiseKey.training(1, 2), purpose, (layer, y) -> {});
    Signal output = module.network().forward().run(pass, new Activations(images, false));
    module.parameters().stream().filter(p -> !p.trained()).forEach(runner.arrays()::store);
    return ((Activations) output).array();
  }

  static Stream<Filters> filters() {
    Window window = Window.kernel(3, 2);
    return Stream.of(
        Filters.of(6, window),
        Filters.of(6, window.stride(2, 1).padding(1, 2)),
        Filters.of(6, window.dilation(2, 3)),
        Filters.of(6, Window.kernel(1, 3).dilation(2, 2)),
        Filters.of(6, Window.kernel(1, 1).dilation(3, 2)),
        Filters.of(6, window.stride(1, 2).padding(2, 1).dilation(1, 2)).withoutBias(),
        Filters.of(6, window).groups(2),
        Filters.of(8, window.stride(2, 2)).groups(4));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void convolutionFollowsItsDefinition(Filters filters) {
    Chain module = alone(build -> build.conv("conv", INPUT, filters));
    ConvLayer conv = (ConvLayer) module.network().layers().get(0);
    INDArray weight = conv.weight().location().value();
    conv.bias()
        .ifPresent(b -> b.location().write(Nd4j.linspace(1, 2, filters.out()).toFloatVector()));
    INDArray x = images();
    INDArray y = run(module, x, false);
    Window w = filters.window();
    int inGroup = INPUT.channels() / filters.groups();
    int outGroup = filters.out() / filters.groups();
    assertArrayEquals(conv.output().batch(IMAGES), y.shape());
    for (int n = 0; n < IMAGES; n++) {
      for (int o = 0; o < filters.out(); o++) {
        int channel = o;
        for (int row = 0; row < y.size(2); row++) {
          for (int column = 0; column < y.size(3); column++) {
            double sum =
                conv.bias().map(bias -> (double) Numbers.of(bias.location())[channel]).orElse(0.0);
            for (int i = 0; i < inGroup; i++) {
              for (int r = 0; r < w.rows(); r++) {
                for (int c = 0; c < w.columns(); c++) {
                  int inRow = row * w.strideRows() + r * w.dilationRows() - w.paddingRows();
                  int inColumn =
                      column * w.strideColumns() + c * w.dilationColumns() - w.paddingColumns();
                  if (inRow >= 0
                      && inRow < INPUT.height()
                      && inColumn >= 0
                      && inColumn < INPUT.width()) {
                    sum +=
                        weight.getDouble(o, i, r, c)
                            * x.getDouble(n, o / outGroup * inGroup + i, inRow, inColumn);
                  }
                }
              }
            }
            assertEquals(sum, y.getDouble(n, o, row, column), 1e-5);
          }
        }
      }
    }
  }

  static Stream<Window> pools() {
    return Stream.of(
        Window.kernel(2, 2).stride(2, 2),
        Window.kernel(3, 3).stride(2, 2),
        Window.kernel(3, 2).stride(1, 2).padding(1, 1),
        Window.kernel(3, 3).stride(3, 1).padding(1, 0));
  }

  @ParameterizedTest
  @MethodSource("pools")
  void poolsFollowTheirDefinition(Window w) {
    INDArray x = images();
    for (PoolLayer.Kind kind : PoolLayer.Kind.values()) {
      Chain module =
          alone(
              build ->
                  kind == PoolLayer.Kind.MAX
                      ? build.maxPool("pool", INPUT, w)
                      : build.avgPool("pool", INPUT, w));
      INDArray y = run(module, x, false);
      for (int row = 0; row < y.size(2); row++) {
        for (int column = 0; column < y.size(3); column++) {
          double max = Double.NEGATIVE_INFINITY;
          double sum = 0;
          for (int r = 0; r < w.rows(); r++) {
            for (int c = 0; c < w.columns(); c++) {
              int inRow = row * w.strideRows() + r - w.paddingRows();
              int inColumn = column * w.strideColumns() + c - w.paddingColumns();
              if (inRow >= 0
                  && inRow < INPUT.height()
                  && inColumn >= 0
                  && inColumn < INPUT.width()) {
                max = Math.max(max, x.getDouble(1, 2, inRow, inColumn));
                sum += x.getDouble(1, 2, inRow, inColumn);
              }
            }
          }
          double expected = kind == PoolLayer.Kind.MAX ? max : sum / (w.rows() * w.columns());
          assertEquals(expected, y.getDouble(1, 2, row, column), 1e-6, kind + " of " + w);
        }
      }
    }
  }

  @Test
  void batchNormUsesTheBatchInTrainingAndKeepsRunningStatistics() {
    Chain module = alone(build -> build.batchNorm("bn", INPUT));
    BatchNormLayer norm = (BatchNormLayer) module.network().layers().get(0);
    INDArray x = images().mul(3).addi(5);
    INDArray channel = run(module, x, true).get(NDArrayIndex.all(), NDArrayIndex.point(1));
    assertEquals(0, channel.meanNumber().doubleValue(), 1e-5);
    assertEquals(1, channel.stdNumber(false).doubleValue(), 1e-4);

    INDArray raw = x.get(NDArrayIndex.all(), NDArrayIndex.point(1));
    double unbiased = raw.varNumber().doubleValue();
    assertEquals(0.1 * raw.meanNumber().doubleValue(), Numbers.of(norm.runningMean())[1], 1e-4);
    assertEquals(0.9 + 0.1 * unbiased, Numbers.of(norm.runningVariance())[1], 1e-3);
  }

  @Test
  void batchNormUsesTheRunningStatisticsOutsideTraining() {
    Chain module = alone(build -> build.batchNorm("bn", INPUT));
    BatchNormLayer norm = (BatchNormLayer) module.network().layers().get(0);
    Numbers.change(norm.runningMean(), old -> 2);
    Numbers.change(norm.runningVariance(), old -> 4 - BatchNormLayer.EPSILON);
    INDArray x = images();
    assertEquals(
        (x.getDouble(2, 1, 3, 4) - 2) / 2, run(module, x, false).getDouble(2, 1, 3, 4), 1e-6);
    assertEquals(2, Numbers.of(norm.runningMean())[0], "evaluation leaves the statistics alone");
  }

  @Test
  void dropoutKeepsTheMeanInTrainingAndTheImagesOutside() {
    double probability = 0.3;
    Chain module = alone(build -> build.dropout("drop", INPUT, probability));
    INDArray ones = Nd4j.ones(INPUT.batch(200));
    INDArray dropped = run(module, ones, true);
    double zeros = dropped.eq(0).castTo(ones.dataType()).meanNumber().doubleValue();
    int elements = 200 * INPUT.size();
    assertEquals(probability, zeros, 4 * Math.sqrt(probability * (1 - probability) / elements));
    assertEquals(1 / (1 - probability), dropped.maxNumber().doubleValue(), 1e-6);
    assertEquals(ones, run(module, ones, false));
  }
}
