package io.github.posteriori.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Prediction;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.calibration.SetScore;
import io.github.posteriori.calibration.Temperature;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.onnx.schema.Onnx.GraphProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Predictions of a model without samples are those of its module. */
class SampleFreeTest {
  private static final double TOLERANCE = 1e-4;
  private static final int DRAWN = 40;

  /** Networks of millions of weights, which have no layer that others do not have. */
  private static final Set<ShippedNetwork> LARGE =
      EnumSet.of(ShippedNetwork.BAYES_ALEXNET, ShippedNetwork.BAYES_VGG11);

  private static final Shape.Image IMAGE = Shape.image(4, 6, 7);

  /** Weights whose noise is as large as what they say. */
  private static ModuleOptions noisy(double rhoMean) {
    return ModuleOptions.defaults()
        .withSeed(3)
        .withEstimator(Estimator.LRT)
        .withPriors(Priors.defaults().withRhoMean(rhoMean));
  }

  @TestFactory
  Stream<DynamicTest> ofShippedNetworks() {
    return ShippedNetwork.bayesian()
        .filter(network -> !LARGE.contains(network))
        .map(
            network ->
                DynamicTest.dynamicTest(
                    network.name(), () -> agrees(TriedModule.of(network.create(noisy(-4)), 2))));
  }

  @TestFactory
  Stream<DynamicTest> ofDrawnNetworks() {
    return ExportableNetworks.drawn(DRAWN)
        .map(
            network ->
                DynamicTest.dynamicTest(
                    network.name(),
                    () ->
                        agrees(
                            TriedModule.of(
                                network.module(ModuleOptions.defaults().withSeed(network.seed())),
                                network.images()))));
  }

  /** LeNet with little noise and with so much that quadrature takes many nodes. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MODEL"})
  void ofEachActivation(Activation activation) throws OrtException {
    for (double rho : new double[] {-4, -1.5}) {
      double epistemic =
          agrees(
              TriedModule.of(
                  BayesLeNetModule.create(1, 4, noisy(rho).withActivation(activation)), 3));
      assertTrue(epistemic > 1e-4, "nothing varies: " + epistemic);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 67})
  void ofBatchesOfAnySize(int count) throws OrtException {
    agrees(TriedModule.of(BayesLeNetModule.create(1, 4, noisy(-3)), count));
  }

  /** A layer between two that sample, which get noise in and have to pass it on. */
  private interface Between {
    NetworkLayer make(ModuleBuilder build, Shape.Image input);
  }

  @TestFactory
  Stream<DynamicTest> ofEachLayer() {
    Window odd = Window.kernel(3, 2).stride(2, 3).padding(1, 0);
    Window dilated = Window.kernel(2, 2).stride(1, 2).padding(1, 1).dilation(3, 2);
    Window halving = Window.kernel(3, 2).stride(2, 3).padding(1, 0).dilation(1, 2);
    Window reaching = Window.kernel(2, 3).stride(1, 2).padding(1, 2).dilation(3, 4);
    Filters grouped = Filters.of(6, odd).groups(2);
    return Stream.of(
            layer("convolution", (b, x) -> b.bayesConv("f", x, grouped)),
            layer("convolution without a posterior", (b, x) -> b.conv("f", x, grouped)),
            layer(
                "transposed",
                (b, x) -> b.bayesConvTranspose("f", x, Filters.of(6, halving).groups(2), 1, 2)),
            layer(
                "output padding up to the dilation",
                (b, x) -> b.bayesConvTranspose("f", x, Filters.of(3, reaching), 2, 3)),
            layer("max-pool", (b, x) -> b.maxPool("f", x, odd)),
            layer("dilated max-pool", (b, x) -> b.maxPool("f", x, dilated)),
            layer("average pool", (b, x) -> b.avgPool("f", x, odd)),
            layer("global average", (b, x) -> b.globalAvgPool("f", x)),
            layer("nearest", (b, x) -> b.upsample("f", x, 2, 3)),
            layer("bilinear", (b, x) -> b.upsample("f", x, 2, 3, Interpolation.BILINEAR)),
            layer("batch norm", (b, x) -> b.batchNorm("f", x)),
            layer("layer norm", (b, x) -> b.layerNorm("f", x)),
            layer("group norm", (b, x) -> b.groupNorm("f", x, 2)),
            layer("dropout", (b, x) -> b.dropout("f", x, 0.5)))
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> layer(String name, Between between) {
    return Stream.of(
        DynamicTest.dynamicTest(name, () -> agrees(TriedModule.of(around(between, true), 3))),
        DynamicTest.dynamicTest(
            name + " of pixels", () -> agrees(TriedModule.of(around(between, false), 3))));
  }

  private static BayesModule around(Between between, boolean isFed) {
    return Chain.of(
        noisy(-2),
        IMAGE,
        build -> {
          List<NetworkLayer> layers = new ArrayList<>();
          Shape.Image shape = IMAGE;
          if (isFed) {
            Window window = Window.kernel(3, 3).padding(1, 1);
            layers.add(build.bayesConv("before", IMAGE, Filters.of(4, window)));
          }
          layers.add(between.make(build, shape));
          Shape output = layers.get(layers.size() - 1).output();
          if (output instanceof Shape.Image) {
            layers.add(build.flatten("flatten", output));
            output = layers.get(layers.size() - 1).output();
          }
          layers.add(build.bayesLinear("after", output, 5, true));
          return layers.stream().map(layer -> new NetworkLayer[] {layer}).toList();
        });
  }

  @Test
  void logitsHaveTheTemperatureOfTheModule() throws OrtException {
    TriedModule tried = TriedModule.of(BayesLeNetModule.create(1, 4, noisy(-3)), 3);
    float[] before = run(tried.softened()).get("probabilities");
    ConformalSets sets = new ConformalSets(new SetScore.Lac(), 0.5);
    tried.module().calibration(new Calibration.OfClasses(0.9, 20, 1, new Temperature(0.2), sets));
    agrees(tried);
    float[] after = run(tried).get("probabilities");
    double difference = 0;
    for (int i = 0; i < after.length; i++) {
      difference = Math.max(difference, Math.abs(after[i] - before[i]));
    }
    assertTrue(difference > 0.05, "the temperature changes nothing: " + difference);
  }

  @Test
  void nothingIsDrawn() {
    GraphProto graph =
        OnnxExport.sampleFree(
                BayesLeNetModule.create(1, 4, noisy(-3).withActivation(Activation.TANH)))
            .model()
            .getGraph();
    Set<String> operators =
        Stream.concat(
                graph.getNodeList().stream(),
                graph.getNodeList().stream()
                    .flatMap(node -> node.getAttributeList().stream())
                    .flatMap(attribute -> attribute.getG().getNodeList().stream()))
            .map(node -> node.getOpType())
            .collect(Collectors.toSet());
    assertTrue(operators.containsAll(Set.of("Loop", "Tanh")), operators.toString());
    assertFalse(operators.contains("RandomNormalLike"), operators.toString());
  }

  @Test
  void aNetworkWithoutPosteriorIsCertainOfItself() throws OrtException {
    TriedModule tried =
        TriedModule.of(BayesLeNetModule.create(1, 4, noisy(-3).withEstimator(Estimator.POINT)), 3);
    assertEquals(0, agrees(tried));
  }

  @Test
  void whatHasNoClassesIsRefused() {
    BayesModule image =
        new SmallModule(IMAGE, (build, shape) -> build.maxPool("pool", shape, Window.kernel(2, 2)));
    String refused =
        assertThrows(IllegalArgumentException.class, () -> OnnxExport.sampleFree(image))
            .getMessage();
    assertTrue(refused.contains("ends in the image [4, 5, 6], expected features"), refused);
  }

  /** Compares all three outputs, and returns the largest epistemic variance. */
  private static double agrees(TriedModule tried) throws OrtException {
    Map<String, float[]> found = run(tried.softened());
    INDArray images = Nd4j.create(tried.batch(), tried.shape(), 'c');
    Prediction expected = tried.module().predictMoments(images);
    agree(expected.probabilities(), found.get("probabilities"), "probability ");
    agree(expected.epistemic(), found.get("epistemic"), "epistemic ");
    agree(expected.aleatoric(), found.get("aleatoric"), "aleatoric ");
    return Arrays.stream(expected.epistemic().data().asDouble()).max().orElseThrow();
  }

  private static Map<String, float[]> run(TriedModule tried) throws OrtException {
    try (OpenModel model = OpenModel.of(OnnxExport.sampleFree(tried.module()))) {
      return model.run(tried.batch(), tried.shape());
    }
  }

  private static void agree(INDArray expected, float[] found, String what) {
    double[] numbers = expected.data().asDouble();
    assertEquals(numbers.length, found.length);
    for (int i = 0; i < numbers.length; i++) {
      assertEquals(numbers[i], found[i], TOLERANCE, what + i);
    }
  }
}
