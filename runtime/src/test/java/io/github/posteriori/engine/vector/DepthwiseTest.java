package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Filtering row by row gives what the direct map gives, within rounding. */
class DepthwiseTest {
  private static final Window THREE = Window.kernel(3, 3).padding(1, 1);

  /**
   * A convolution in groups.
   *
   * @param in channels of a group
   * @param out channels of a group
   */
  private static Geometry map(int groups, int in, int out, int rows, int columns, Window window) {
    int height = window.dilationRows() * (window.rows() - 1) + 1;
    int width = window.dilationColumns() * (window.columns() - 1) + 1;
    return new Geometry(
        Shape.image(groups * in, rows, columns),
        Shape.image(
            groups * out,
            (rows + 2 * window.paddingRows() - height) / window.strideRows() + 1,
            (columns + 2 * window.paddingColumns() - width) / window.strideColumns() + 1),
        window,
        groups);
  }

  private static Stream<Arguments> maps() {
    return geometries()
        .flatMap(
            map ->
                IntStream.of(Lanes.LENGTH, Lanes.FULL).mapToObj(width -> Arguments.of(map, width)));
  }

  private static Stream<Geometry> geometries() {
    return Stream.of(
        map(5, 1, 1, 9, 8, THREE),
        map(2, 1, 1, 1, 1, THREE),
        map(2, 1, 1, 1, 7, THREE),
        map(2, 1, 1, 6, 2, THREE),
        map(3, 1, 2, 7, 5, THREE),
        map(3, 2, 1, 7, 5, THREE),
        map(2, 3, 7, 7, 5, THREE),
        map(7, 1, 1, 9, 8, Window.kernel(3, 3)),
        map(3, 1, 1, 9, 8, Window.kernel(3, 3).padding(3, 2)),
        map(3, 1, 1, 9, 8, Window.kernel(3, 3).padding(2, 4)),
        map(3, 1, 2, 9, 8, Window.kernel(1, 3).padding(0, 1)),
        map(3, 1, 2, 9, 8, Window.kernel(2, 3).padding(1, 1)),
        map(3, 2, 2, 9, 8, Window.kernel(5, 3).padding(2, 1)),
        map(3, 2, 1, 9, 8, THREE.stride(2, 1)),
        map(3, 1, 1, 9, 8, THREE.dilation(2, 1).padding(2, 1)),
        map(3, 1, 1, 9, 8, THREE.stride(2, 2)),
        map(3, 1, 1, 8, 7, THREE.stride(2, 2)),
        map(3, 1, 2, 9, 8, THREE.stride(1, 2)),
        map(2, 1, 1, 6, 1, THREE.stride(2, 2)),
        map(2, 1, 1, 1, 2, THREE.stride(3, 2)),
        map(2, 1, 1, 4, 3, Window.kernel(2, 3).padding(4, 1).stride(2, 2)),
        map(3, 2, 3, 10, 11, THREE.stride(2, 2)),
        map(3, 1, 1, 10, 11, THREE.stride(1, 3)),
        map(3, 1, 1, 11, 10, THREE.dilation(2, 2)),
        map(3, 1, 2, 11, 10, Window.kernel(3, 3).dilation(3, 2).stride(2, 3).padding(4, 3)),
        map(4, 1, 1, 7, 6, Window.kernel(1, 1)),
        map(4, 2, 2, 7, 6, Window.kernel(1, 1).stride(2, 2)),
        map(4, 1, 1, 7, 6, Window.kernel(1, 1).stride(3, 4)),
        map(2, 2, 2, 7, 6, Window.kernel(2, 2)),
        map(2, 1, 3, 9, 12, Window.kernel(5, 5).padding(2, 2)),
        map(2, 1, 1, 4, 3, Window.kernel(5, 7).padding(2, 3)),
        map(2, 1, 1, 3, 3, Window.kernel(7, 7).padding(9, 8).stride(2, 3)),
        map(4, 1, 1, 1, 33, Window.kernel(1, 5).padding(0, 2)),
        map(4, 1, 1, 1, 33, Window.kernel(1, 4).padding(0, 3).stride(1, 2)),
        map(2, 1, 1, 61, 40, Window.kernel(5, 5).padding(2, 2)),
        map(2, 1, 2, 2, 600, Window.kernel(2, 2)),
        map(2, 2, 2, 70, 41, THREE.stride(2, 2)));
  }

  private static LayerPlan plan(Geometry geometry) {
    return new LayerPlan(geometry, Optional.empty(), Forward.DEPTHWISE, WeightGradient.DEPTHWISE);
  }

  private static float[] random(int stream, int floats) {
    float[] array = Lanes.array(floats);
    float[] numbers = NoiseKey.training(1, stream).of(0).normal(0, 1, floats);
    System.arraycopy(numbers, 0, array, Lanes.LEAD, floats);
    return array;
  }

  @ParameterizedTest(name = "{1} images: {0}")
  @MethodSource("maps")
  void agreesWithTheDirectMap(Geometry geometry, int width) {
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    float[] x = random(3, geometry.input().size() * width);
    float[] dy = random(4, geometry.output().size() * width);
    LinearWeights directWeights = new DirectWeights(OneBlock.plan(geometry, Forward.DIRECT), false);
    LinearWeights weights = LinearWeights.of(plan(geometry), false);
    assertInstanceOf(DepthwiseWeights.class, weights);
    for (int o = 0; o < geometry.output().channels(); o++) {
      directWeights.setBias(o, o - 2.5f);
      weights.setBias(o, o - 2.5f);
    }
    OneBlock direct = OneBlock.of(directWeights, factors, width);
    OneBlock found = OneBlock.of(weights, factors, width);
    // Twice, as a block is used again.
    for (int run = 0; run < 2; run++) {
      assertClose("outputs", direct.forward(x), found.forward(x), 0);
      int lead = Lanes.LEAD; // what comes before it is not defined
      assertClose(
          "gradient by inputs", direct.inputGradient(x, dy), found.inputGradient(x, dy), lead);
      assertClose("gradient by weights", direct.weightGradient(), found.weightGradient(), 0);
      for (int i = Lanes.LEAD; i < x.length; i++) {
        x[i] *= 0.7f;
      }
    }
  }

  /** Under local reparametrisation the map of variances takes x where others take x^2. */
  @ParameterizedTest(name = "{1} images: {0}")
  @MethodSource("maps")
  void variancesAreThoseOfTheSquares(Geometry geometry, int width) {
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    float[] x = random(3, geometry.input().size() * width);
    float[] squares = x.clone();
    for (int i = 0; i < x.length; i++) {
      squares[i] *= x[i];
    }
    float[] dv = random(4, geometry.output().size() * width);
    OneBlock direct =
        OneBlock.of(
            new DirectWeights(OneBlock.plan(geometry, Forward.DIRECT), true), factors, width);
    DepthwiseWeights weights = new DepthwiseWeights(plan(geometry), true);
    OneBlock found = OneBlock.of(weights, factors, width);
    assertClose("variances", direct.forward(squares), found.forward(x), 0);
    float[] expected = direct.inputGradient(squares, dv);
    found.inputGradient(x, dv);
    assertClose("gradient by weights", direct.weightGradient(), found.weightGradient(), 0);
    float[] dx = random(5, geometry.input().size() * width);
    for (int i = 0; i < dx.length; i++) {
      expected[i] = dx[i] + 2 * x[i] * expected[i];
    }
    LinearPass pass = weights.pass(new LaneBlock(width));
    assertTrue(pass.squares());
    pass.addInputGradient(dv, x, dx);
    assertClose("gradient by inputs", expected, dx, Lanes.LEAD);
  }

  /** An image has the same outputs wherever it is in a batch. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("geometries")
  void outputsAreTheSameNumbersInBlocksOfAnyWidth(Geometry geometry) {
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    float[] wide = random(3, geometry.input().size() * Lanes.FULL);
    float[] narrow = Lanes.array(geometry.input().size() * Lanes.LENGTH);
    for (int i = 0; i < geometry.input().size(); i++) {
      System.arraycopy(
          wide, Lanes.LEAD + i * Lanes.FULL, narrow, Lanes.LEAD + i * Lanes.LENGTH, Lanes.LENGTH);
    }
    DepthwiseWeights weights = new DepthwiseWeights(plan(geometry), false);
    float[] ofWide = OneBlock.of(weights, factors, Lanes.FULL).forward(wide);
    float[] ofNarrow = OneBlock.of(weights, factors, Lanes.LENGTH).forward(narrow);
    for (int i = 0; i < geometry.output().size(); i++) {
      for (int lane = 0; lane < Lanes.LENGTH; lane++) {
        assertEquals(
            ofWide[i * Lanes.FULL + lane], ofNarrow[i * Lanes.LENGTH + lane], "output " + i);
      }
    }
  }

  /** Rows of the gradient that come a few at a time. */
  @ParameterizedTest(name = "{1} images: {0}")
  @MethodSource("maps")
  void gradientsByWeightsAddUpOverBandsOfRows(Geometry geometry, int width) {
    float[] x = random(3, geometry.input().size() * width);
    float[] dy = random(4, geometry.output().size() * width);
    DepthwiseWeights weights = new DepthwiseWeights(plan(geometry), false);
    OneBlock all = OneBlock.of(weights, new float[geometry.weights()], width);
    all.inputGradient(x, dy);
    float[] expected = all.weightGradient();
    LaneBlock block = new LaneBlock(width);
    LinearPass pass = weights.pass(block);
    pass.startGradient(x);
    int height = geometry.output().height();
    int row = geometry.output().width() * width;
    for (int first = 0; first < height; first += 2) {
      int rows = Math.min(2, height - first);
      float[] some = Lanes.array(geometry.output().channels() * rows * row);
      for (int o = 0; o < geometry.output().channels(); o++) {
        System.arraycopy(
            dy,
            Lanes.LEAD + (o * height + first) * row,
            some,
            Lanes.LEAD + o * rows * row,
            rows * row);
      }
      pass.addRows(some, first, rows);
    }
    pass.endGradient();
    assertArrayEquals(expected, weights.share(0));
  }

  /** What one image or channel has too much of does not spoil the others. */
  @ParameterizedTest(name = "{1} images: {0}")
  @MethodSource("maps")
  void infiniteNumbersStayWithinTheirImageAndGroup(Geometry geometry, int width) {
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    float[] x = random(3, geometry.input().size() * width);
    LinearWeights weights = LinearWeights.of(plan(geometry), false);
    float[] expected = OneBlock.of(weights, factors, width).forward(x);
    int plane = geometry.inputPixels() * width;
    for (int i = 0; i < geometry.inputsOfGroup() * geometry.inputPixels(); i++) {
      x[Lanes.LEAD + i * width] = Float.POSITIVE_INFINITY;
    }
    Arrays.fill(factors, 0, geometry.fanIn() * geometry.outputsOfGroup(), Float.NaN);
    float[] found = OneBlock.of(weights, factors, width).forward(x);
    int others = geometry.outputsOfGroup() * geometry.outputPixels() * width;
    assertTrue(plane > 0 && others < expected.length);
    for (int i = others; i < expected.length; i++) {
      assertEquals(expected[i], found[i], "output " + i);
    }
  }

  private static void assertClose(String what, float[] expected, float[] found, int from) {
    assertEquals(expected.length, found.length);
    for (int i = from; i < found.length; i++) {
      assertEquals(expected[i], found[i], 2e-4, what + ", number " + i);
    }
  }
}
