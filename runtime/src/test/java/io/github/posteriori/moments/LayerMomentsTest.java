package io.github.posteriori.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.LayerCatalogue;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.Scale;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.ColumnLayout;
import io.github.posteriori.engine.Engines;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each layer's moments beside those of the layer itself. */
class LayerMomentsTest {
  private static final NoiseKey KEY = NoiseKey.training(11, 0);
  private static final int DRAWS = 20_000;
  private static final double ERRORS = 5;

  /** What norms of at least 84 numbers, of variances up to 1, are off by at most. */
  private static final double MANY_NUMBERS = 0.06;

  /** What norms of 3 to 42 numbers are off by at most. */
  private static final double FEW_NUMBERS = 0.45;

  /** What Clark's approximation is off by at most in windows of six, of variances up to 1. */
  private static final double SIX_TAPS = 0.15;

  private static BayesModule module(
      Function<ModuleBuilder, NetworkLayer> layer, Estimator estimator, String engine) {
    ModuleOptions options = ModuleOptions.defaults().withEstimator(estimator).withEngine(engine);
    return Chain.of(options, build -> List.of(new NetworkLayer[][] {{layer.apply(build)}}));
  }

  /** Moments of two images: {@code [input, 2]}. */
  private static Moments input(Shape shape) {
    float[] means = KEY.of(0).normal(0, 2, shape.size());
    float[] variances = KEY.of(1).uniform(0, 2, shape.size());
    return new Moments(
        2,
        ColumnLayout.transpose(means, shape.size()),
        ColumnLayout.transpose(variances, shape.size()));
  }

  private static Moments forward(BayesModule module, Moments x) {
    MomentMap map =
        module.network().layers().get(0).match(MomentMaps.of(module.network(), module.engine()));
    if (map instanceof AffineMoments affine) {
      affine.refresh();
    }
    return map.forward(x, new SpareArrays());
  }

  /**
   * Every output of an affine layer is a sum of inputs times weights, each of them once. So what
   * the layer makes of one input alone is that weight, and the sums can be written down.
   */
  @TestFactory
  Stream<DynamicTest> affineLayersHaveTheMomentsOfTheirSums() {
    return LayerCatalogue.affine().entrySet().stream()
        .flatMap(
            entry ->
                Stream.of("nd4j", "vector")
                    .map(
                        engine ->
                            DynamicTest.dynamicTest(
                                entry.getKey() + " on " + engine,
                                () -> checkSums(entry.getValue(), engine))));
  }

  private static void checkSums(Function<ModuleBuilder, NetworkLayer> layer, String engine) {
    BayesModule module = module(layer, Estimator.LRT, engine);
    AffineLayer affine = (AffineLayer) module.network().layers().get(0);
    affine.bias().ifPresent(bias -> Numbers.change(bias.location(), b -> b + 0.3));
    Moments x = input(affine.input());
    Moments found = forward(module, x);

    double[][] mu = matrix(affine.weight(), affine, Numbers.of(affine.weight().location()));
    Optional<Posterior> posterior = affine.weight().posterior();
    float[] sigmas =
        posterior.map(p -> floats(p.sigmas())).orElse(new float[affine.weight().size()]);
    double[][] sigma = matrix(affine.weight(), affine, sigmas);
    int outputs = affine.output().size();
    int perBias = affine.bias().isPresent() ? outputs / affine.bias().get().size() : 1;
    for (int image = 0; image < 2; image++) {
      for (int o = 0; o < outputs; o++) {
        double mean = 0;
        double variance = 0;
        for (int j = 0; j < mu.length; j++) {
          double m = x.means()[j * 2 + image];
          double v = x.variances()[j * 2 + image];
          double s2 = sigma[j][o] * sigma[j][o];
          mean += m * mu[j][o];
          variance += v * (mu[j][o] * mu[j][o] + s2) + m * m * s2;
        }
        if (affine.bias().isPresent()) {
          Weight bias = affine.bias().get();
          mean += bias.location().numbers()[o / perBias];
          double deviation =
              bias.posterior().map(p -> p.sigmas()).orElse(new double[outputs])[o / perBias];
          variance += deviation * deviation;
        }
        assertEquals(mean, found.means()[o * 2 + image], 1e-5 * (1 + Math.abs(mean)));
        assertEquals(variance, found.variances()[o * 2 + image], 1e-5 * (1 + variance));
      }
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The weight between each input and each output: {@code [input, output]}. */
  private static double[][] matrix(Weight weight, AffineLayer layer, float[] values) {
    PointRunner runner = new PointRunner(layer, 0, Engines.named("nd4j"));
    runner.write(values, Optional.empty());
    int inputs = layer.input().size();
    float[] units = new float[inputs * inputs];
    for (int i = 0; i < inputs; i++) {
      units[i * inputs + i] = 1;
    }
    float[] found =
        ColumnLayout.transpose(
            runner.forward(units, inputs, new float[layer.output().size() * inputs]), inputs);
    double[][] matrix = new double[inputs][layer.output().size()];
    for (int i = 0; i < found.length; i++) {
      matrix[i / layer.output().size()][i % layer.output().size()] = found[i];
    }
    return matrix;
  }

  @TestFactory
  Stream<DynamicTest> otherLayersHaveTheMomentsOfManyDraws() {
    return LayerCatalogue.others().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> checkDraws(entry.getValue(), bound(entry.getKey()))));
  }

  @TestFactory
  Stream<DynamicTest> theLargestOfTwoIsExact() {
    return Stream.of(Window.kernel(1, 2), Window.kernel(2, 1).padding(1, 0).stride(2, 1))
        .map(
            window ->
                DynamicTest.dynamicTest(
                    window.toString(),
                    () ->
                        checkDraws(
                            build -> build.maxPool("pool", LayerCatalogue.IMAGE, window), 1e-4)));
  }

  private static double bound(String layer) {
    if (layer.startsWith("max")) {
      return SIX_TAPS;
    }
    if (layer.matches("(layer|group) norm.*(features|each channel).*")) {
      return FEW_NUMBERS;
    }
    return layer.matches("(layer|group) norm.*") ? MANY_NUMBERS : 2e-3;
  }

  /** Draws of independent Gaussian inputs, each an image. */
  private static void checkDraws(Function<ModuleBuilder, NetworkLayer> layer, double bound) {
    BayesModule module = module(layer, Estimator.POINT, "vector");
    NetworkLayer own = module.network().layers().get(0);
    if (own instanceof BatchNormLayer norm) {
      int stream = 5;
      for (var parameter : norm.parameters()) {
        float[] random = KEY.of(stream++).uniform(0, 1, parameter.size());
        for (int i = 0; i < random.length; i++) {
          Numbers.set(parameter, i, 0.5 + random[i]);
        }
      }
    }
    int inputs = own.input().size();
    int outputs = own.output().size();
    Moments x = input(own.input());
    Moments found = forward(module, x);
    float[] images = KEY.of(2).normal(0, DRAWS, inputs);
    for (int i = 0; i < images.length; i++) {
      int j = i % inputs;
      images[i] = (float) (x.means()[2 * j] + Math.sqrt(x.variances()[2 * j]) * images[i]);
    }
    float[] drawn = module.runner().forward(images, DRAWS, KEY);
    for (int o = 0; o < outputs; o++) {
      double mean = 0;
      double square = 0;
      for (int d = 0; d < DRAWS; d++) {
        mean += drawn[d * outputs + o] / (double) DRAWS;
      }
      for (int d = 0; d < DRAWS; d++) {
        double difference = drawn[d * outputs + o] - mean;
        square += difference * difference / DRAWS;
      }
      double error = ERRORS / Math.sqrt(DRAWS);
      assertEquals(mean, found.means()[2 * o], error * Math.sqrt(square) + bound, "mean " + o);
      assertEquals(square, found.variances()[2 * o], 2 * error * square + bound, "variance " + o);
    }
  }

  @TestFactory
  Stream<DynamicTest> aUsersLayerThatIsLinearInEachNumberIsExact() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "scale",
            () -> {
              Scale scale = new Scale("scale", Shape.features(40));
              Moments x = input(scale.input());
              Moments found =
                  new DrawnLayer(scale, Engines.named("vector")).forward(x, new SpareArrays());
              for (int i = 0; i < x.means().length; i++) {
                assertEquals(1.5 * x.means()[i], found.means()[i], 1e-5);
                assertEquals(1.5 * 1.5 * x.variances()[i], found.variances()[i], 1e-4);
              }
            }));
  }
}
