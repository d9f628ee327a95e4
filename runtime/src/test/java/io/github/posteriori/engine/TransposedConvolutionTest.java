package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.TorchFile;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transposed convolutions, against PyTorch ({@code transposed.py}) and as adjoints. */
class TransposedConvolutionTest {
  private static final int CHANNELS = 4;
  private static final int OUT = 6;
  private static final int IMAGES = 3;

  /** What {@code transposed.py} has under the same name. */
  private record Geometry(
      Window window, int extraRows, int extraColumns, int groups, Shape.Image x) {
    Filters filters() {
      return Filters.of(OUT, window).groups(groups);
    }

    List<NetworkLayer[]> layers(ModuleBuilder build) {
      NetworkLayer before =
          build.conv("before", x, Filters.of(CHANNELS, Window.kernel(1, 1)).withoutBias());
      NetworkLayer layer =
          build.convTranspose("layer", before.output(), filters(), extraRows, extraColumns);
      return List.of(new NetworkLayer[] {before}, new NetworkLayer[] {layer});
    }
  }

  private static Map<String, Geometry> geometries() {
    Map<String, Geometry> all = new LinkedHashMap<>();
    Window plain = Window.kernel(3, 3);
    all.put("plain", new Geometry(plain, 0, 0, 1, Shape.image(CHANNELS, 5, 4)));
    all.put("same", new Geometry(plain.padding(1, 1), 0, 0, 1, Shape.image(CHANNELS, 6, 7)));
    Window strided = Window.kernel(3, 2).stride(2, 3).padding(1, 0);
    all.put("strided", new Geometry(strided, 1, 2, 1, Shape.image(CHANNELS, 4, 3)));
    Window doubling = Window.kernel(4, 4).stride(2, 2).padding(1, 1);
    all.put("doubling", new Geometry(doubling, 0, 0, 2, Shape.image(CHANNELS, 4, 4)));
    Window dilated = Window.kernel(2, 3).stride(2, 1).padding(0, 2).dilation(3, 2);
    all.put("dilated", new Geometry(dilated, 1, 0, 1, Shape.image(CHANNELS, 3, 5)));
    Window grouped = plain.stride(2, 2).padding(1, 1);
    all.put("grouped", new Geometry(grouped, 1, 1, 2, Shape.image(CHANNELS, 3, 4)));
    Window signal = Window.kernel(1, 5).stride(1, 4).padding(0, 1);
    all.put("signal", new Geometry(signal, 0, 3, 1, Shape.image(CHANNELS, 1, 9)));
    return all;
  }

  private static Map<String, Tensor> numbers() {
    try {
      Path file =
          Path.of(TransposedConvolutionTest.class.getResource("/torch/transposed.pt").toURI());
      return TorchFile.read(file).tensors();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> computesWhatPyTorchDoesForwardAndBack() {
    Map<String, Tensor> numbers = numbers();
    return Stream.of("nd4j", "vector")
        .flatMap(
            engine ->
                geometries().entrySet().stream()
                    .map(
                        each ->
                            DynamicTest.dynamicTest(
                                each.getKey() + " on " + engine,
                                () -> agrees(engine, each.getKey(), each.getValue(), numbers))));
  }

  private static void agrees(
      String engine, String name, Geometry geometry, Map<String, Tensor> numbers) {
    Chain chain = Chain.of(ModuleOptions.defaults().withEngine(engine), geometry::layers);
    List<String> names = List.of("before", "weight", "bias");
    for (int p = 0; p < names.size(); p++) {
      Tensor values = numbers.get(name + "." + names.get(p));
      assertArrayEquals(values.shape(), chain.parameters().get(p).shape());
      chain.parameters().get(p).write(values.values());
    }
    float[] x = numbers.get(name + ".x").values();
    float[] expected = numbers.get(name + ".y").values();
    assertArrayEquals(
        expected, chain.runner().forward(x, IMAGES, NoiseKey.evaluation(0, 0)), 2e-5f);
    assertArrayEquals( // one image alone, which an engine may run in another layout
        Arrays.copyOf(expected, expected.length / IMAGES),
        chain.runner().forward(Arrays.copyOf(x, x.length / IMAGES), 1, NoiseKey.evaluation(0, 0)),
        2e-5f);
    float[] byOutput = numbers.get(name + ".by_y").values();
    int outputs = chain.outputShape().size();
    Objective sum =
        (first, count, logits, gradients) -> {
          System.arraycopy(byOutput, first * outputs, gradients[0], 0, count * outputs);
          return 0;
        };
    chain.runner().gradients(new StepRequest(x, IMAGES, NoiseKey.training(0, 0), 1, 1, sum));
    for (int p = 0; p < names.size(); p++) {
      assertArrayEquals(
          numbers.get(name + ".by_" + names.get(p)).values(),
          Numbers.gradients(chain.parameters().get(p)),
          2e-4f,
          names.get(p));
    }
  }

  /** {@code <conv(y), x> = <y, transposed(x)>} of the same weights. */
  @ParameterizedTest
  @CsvSource({"nd4j", "vector"})
  void isTheAdjointOfTheConvolution(String engine) {
    ModuleOptions options = ModuleOptions.defaults().withEngine(engine);
    geometries()
        .forEach(
            (name, geometry) -> {
              Filters filters = geometry.filters().withoutBias();
              Chain transposed =
                  Net.alone(
                      options,
                      build ->
                          build.convTranspose(
                              "layer",
                              geometry.x(),
                              filters,
                              geometry.extraRows(),
                              geometry.extraColumns()));
              Filters back =
                  Filters.of(CHANNELS, geometry.window()).groups(geometry.groups()).withoutBias();
              Chain conv =
                  Net.alone(options, build -> build.conv("layer", transposed.outputShape(), back));
              conv.parameters().get(0).write(Numbers.of(transposed.parameters().get(0)));
              assertEquals(geometry.x(), conv.outputShape());
              NoiseKey key = NoiseKey.evaluation(0, 0);
              float[] x = key.of(1).normal(0, IMAGES, geometry.x().size());
              float[] y = key.of(2).normal(0, IMAGES, transposed.outputShape().size());
              double one = product(conv.runner().forward(y, IMAGES, key), x);
              double other = product(y, transposed.runner().forward(x, IMAGES, key));
              assertEquals(one, other, 1e-4 * Math.max(1, Math.abs(one)), name);
            });
  }

  /**
   * Output padding from the stride on, which PyTorch allows below the dilation, by the definition:
   * each input times each tap of its filters. Before it the channels pass as they are.
   */
  @ParameterizedTest
  @CsvSource({"nd4j,1", "nd4j,3", "vector,1", "vector,3"})
  void outputPaddingMayReachTheDilation(String engine, int images) {
    Window window = Window.kernel(2, 3).stride(1, 2).padding(1, 2).dilation(3, 4);
    Geometry geometry = new Geometry(window, 2, 3, 1, Shape.image(CHANNELS, 3, 4));
    Chain chain = Chain.of(ModuleOptions.defaults().withEngine(engine), geometry::layers);
    assertEquals(Shape.image(OUT, 6, 14), chain.outputShape());
    float[] identity = new float[CHANNELS * CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      identity[c * CHANNELS + c] = 1;
    }
    chain.parameters().get(0).write(identity);
    NoiseKey key = NoiseKey.evaluation(0, 0);
    float[] x = key.of(1).normal(0, images, CHANNELS * 12);
    float[] dy = key.of(2).normal(0, images, OUT * 84);
    float[] w = Numbers.of(chain.parameters().get(1));
    float[] b = Numbers.of(chain.parameters().get(2));
    double[] y = new double[dy.length];
    double[] dx = new double[x.length];
    double[] dw = new double[w.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = b[i / 84 % OUT];
    }
    for (int at = 0; at < x.length; at++) {
      for (int tap = 0; tap < OUT * 6; tap++) {
        int row = at / 4 % 3 + 3 * (tap / 3 % 2) - 1;
        int column = 2 * (at % 4) + 4 * (tap % 3) - 2;
        if (row >= 0 && row < 6 && column >= 0 && column < 14) {
          int weight = at / 12 % CHANNELS * OUT * 6 + tap;
          int to = ((at / 12 / CHANNELS * OUT + tap / 6) * 6 + row) * 14 + column;
          y[to] += (double) w[weight] * x[at];
          dx[at] += (double) w[weight] * dy[to];
          dw[weight] += (double) dy[to] * x[at];
        }
      }
    }
    double[] before = new double[identity.length]; // the sum of dx x' over all pixels
    for (int i = 0; i < images * before.length * 12; i++) {
      int image = i / 12 / before.length * CHANNELS;
      int pair = i / 12 % before.length;
      double by = dx[(image + pair / CHANNELS) * 12 + i % 12];
      before[pair] += by * x[(image + pair % CHANNELS) * 12 + i % 12];
    }
    assertClose(y, chain.runner().forward(x, images, key), "y");
    Objective sum =
        (first, count, logits, gradients) -> {
          System.arraycopy(dy, first * OUT * 84, gradients[0], 0, count * OUT * 84);
          return 0;
        };
    chain.runner().gradients(new StepRequest(x, images, NoiseKey.training(0, 0), 1, 1, sum));
    assertClose(before, Numbers.gradients(chain.parameters().get(0)), "dx");
    assertClose(dw, Numbers.gradients(chain.parameters().get(1)), "dw");
  }

  private static void assertClose(double[] expected, float[] found, String what) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-4 * (1 + Math.abs(expected[i])), what + " " + i);
    }
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** Where windows do not overlap, the variance of an output is sigma^2 x^2 of its one input. */
  @ParameterizedTest
  @CsvSource({"nd4j", "vector"})
  void localReparametrisationDrawsFromTheSumsOfVariances(String engine) {
    Chain chain =
        Net.alone(
            ModuleOptions.defaults().withEngine(engine).withEstimator(Estimator.LRT),
            build ->
                build.bayesConvTranspose(
                    "layer",
                    Shape.image(1, 2, 2),
                    Filters.of(1, Window.kernel(2, 2).stride(2, 2)),
                    0,
                    0));
    AffineLayer layer = (AffineLayer) chain.network().layers().get(0);
    Numbers.change(layer.weight().location(), mu -> 0);
    Numbers.change(layer.weight().posterior().orElseThrow().rho(), rho -> 1);
    double sigma = Math.log1p(Math.E);
    int draws = 2000;
    float[] x = new float[4 * draws]; // the same image again and again, each with its own noise
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 4 + 1;
    }
    float[] y = chain.runner().forward(x, draws, NoiseKey.evaluation(0, 0));
    double[] squares = new double[16];
    for (int i = 0; i < y.length; i++) {
      squares[i % 16] += y[i] * y[i] / draws;
    }
    for (int i = 0; i < 16; i++) {
      double input = x[i / 8 * 2 + i % 4 / 2];
      double expected = input * input * sigma * sigma;
      assertEquals(expected, squares[i], 5 * expected * Math.sqrt(2.0 / draws), "output " + i);
    }
  }

  @Test
  void sizesThatAreNoneAreRefused() {
    ModuleBuilder build = new ModuleBuilder("Net", ModuleOptions.defaults());
    Shape.Image x = Shape.image(2, 3, 3);
    Filters filters = Filters.of(2, Window.kernel(3, 3).stride(2, 2));
    assertEquals(
        "layer: output padding is 2, expected at least 0 and below the stride of 2 or the dilation"
            + " of 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> build.convTranspose("layer", x, filters, 2, 0))
            .getMessage());
    Filters cut = Filters.of(2, Window.kernel(1, 1).padding(2, 2));
    assertEquals(
        "layer: the padding of 1x1, padding 2x2 leaves nothing of the output: make it smaller",
        assertThrows(
                IllegalArgumentException.class, () -> build.convTranspose("layer", x, cut, 0, 0))
            .getMessage());
    ConvTransposeLayer layer = build.bayesConvTranspose("layer", x, filters, 1, 0);
    assertEquals(Shape.image(2, 8, 7), layer.output());
    assertEquals(3 * 3 * 2 * 2 * 9, layer.multiplyAdds());
    assertEquals("BayesConvTranspose 2, 3x3, stride 2x2, output padding 1x0", layer.kind());
  }
}
