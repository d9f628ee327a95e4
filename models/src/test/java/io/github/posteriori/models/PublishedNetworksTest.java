package io.github.posteriori.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.GradientExchange;
import io.github.posteriori.train.TrainingStep;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The shipped networks of other papers, whose sizes are the published ones. */
class PublishedNetworksTest {

  /** The networks of any number of channels and classes, with two forms of each. */
  private enum Model {
    RESNET20(BayesResNet20Module::create, ResNet20Module::create, BayesResNet20Module::load),
    VGG11(BayesVgg11Module::create, Vgg11Module::create, BayesVgg11Module::load),
    MLP(BayesMlpModule::create, MlpModule::create, BayesMlpModule::load),
    SEPARABLE(
        BayesSeparableNetModule::create, SeparableNetModule::create, BayesSeparableNetModule::load),
    SIGNAL(BayesSignalNetModule::create, SignalNetModule::create, BayesSignalNetModule::load),
    WIDENET(BayesWideNetModule::create, WideNetModule::create, BayesWideNetModule::load);

    private final BiFunction<Integer, Integer, BayesModule> bayesian;
    private final BiFunction<Integer, Integer, BayesModule> frequentist;
    private final Function<Path, BayesModule> loader;

    Model(
        BiFunction<Integer, Integer, BayesModule> bayesian,
        BiFunction<Integer, Integer, BayesModule> frequentist,
        Function<Path, BayesModule> loader) {
      this.bayesian = bayesian;
      this.frequentist = frequentist;
      this.loader = loader;
    }

    List<BayesModule> both(int channels, int classes) {
      return List.of(bayesian.apply(channels, classes), frequentist.apply(channels, classes));
    }
  }

  private static long weights(BayesModule module) {
    return weights(module, layer -> true);
  }

  private static long weights(BayesModule module, Predicate<NetworkLayer> taken) {
    return module.network().layers().stream()
        .filter(taken)
        .flatMap(layer -> layer.parameters().stream())
        .filter(Parameter::trained)
        .mapToLong(Parameter::size)
        .sum();
  }

  /** Counts the numbers of what is Gaussian in the Bayesian form. */
  private static long affine(BayesModule module) {
    return weights(module, AffineLayer.class::isInstance);
  }

  /** Outputs of the layers with weights and of the pools, by which the paper's tables go. */
  private static String shapes(BayesModule module, String... names) {
    return module.network().layers().stream()
        .filter(layer -> List.of(names).contains(layer.name()))
        .map(layer -> layer.output().toString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void resNet20HasThePapersQuarterOfAMillionWeights() {
    // Table 6: 0.27 M. 3x3 kernels, batch norms and the last layer; then the shortcuts of option B.
    long convolutions = 9 * (3 * 16 + 6 * 16 * 16 + 16 * 32 + 5 * 32 * 32 + 32 * 64 + 5 * 64 * 64);
    long norms = 2 * (7 * 16 + 6 * 32 + 6 * 64);
    long shortcuts = 16 * 32 + 32 * 64 + 2 * (32 + 64);
    long weights = weights(ResNet20Module.create(3, 10));
    assertEquals(convolutions + norms + 650 + shortcuts, weights);
    assertEquals(27, Math.round(weights * 1e-4));
    assertEquals(2_752, shortcuts);
  }

  @Test
  void resNet20HasTwentyLayersOfWeightsOnItsLongestPath() {
    for (BayesModule module : Model.RESNET20.both(3, 10)) {
      long layers =
          module.network().layers().stream()
              .map(NetworkLayer::name)
              .filter(name -> name.matches("(block\\d\\.)?conv\\d|fc"))
              .count();
      assertEquals(20, layers);
      assertEquals(
          "[16, 32, 32] [16, 32, 32] [32, 16, 16] [64, 8, 8] [64, 1, 1] [10]",
          shapes(module, "conv1", "block3.act2", "block6.act2", "block9.act2", "pool", "fc"));
    }
  }

  @Test
  void noBiasStandsBeforeABatchNorm() {
    for (Model model : List.of(Model.RESNET20, Model.SEPARABLE, Model.WIDENET)) {
      for (BayesModule module : model.both(3, 10)) {
        for (NetworkLayer layer : module.network().layers()) {
          if (layer instanceof ConvLayer conv) {
            assertTrue(conv.bias().isEmpty(), conv.name());
          }
        }
      }
    }
  }

  @Test
  void vgg11HasTheConvolutionsOfConfigurationA() {
    long kernels = 3 * 64 + 64 * 128 + 128 * 256 + 256 * 256 + 256 * 512 + 3 * 512 * 512;
    long biases = 64 + 128 + 2 * 256 + 4 * 512;
    BayesModule module = Vgg11Module.create(3, 10);
    assertEquals(9 * kernels + biases, weights(module, ConvLayer.class::isInstance));
    assertEquals(9 * kernels + biases + 512 * 10 + 10, weights(module));
    assertEquals(
        "[64, 16, 16] [128, 8, 8] [256, 4, 4] [512, 2, 2] [512, 1, 1]",
        shapes(module, "pool1", "pool2", "pool3", "pool4", "pool5"));
  }

  @Test
  void mlpHasThePapersTwoPointFourMillionWeights() {
    long weights = weights(MlpModule.create(1, 10));
    assertEquals(784 * 1200 + 1200 + 1200 * 1200 + 1200 + 1200 * 10 + 10, weights);
    assertEquals(24, Math.round(weights * 1e-5));
  }

  @Test
  void separableNetFiltersEachChannelByItselfAndThenMixesThem() {
    long depthwise = 9 * (32 + 64 + 128 + 128 + 256);
    long pointwise = 32 * 64 + 64 * 128 + 128 * 128 + 128 * 256 + 256 * 256;
    long norms = 2 * (2 * 32 + 2 * 64 + 4 * 128 + 3 * 256);
    BayesModule module = SeparableNetModule.create(3, 10);
    assertEquals(depthwise, weights(module, l -> l.name().matches("depthwise\\d")));
    assertEquals(pointwise, weights(module, l -> l.name().matches("pointwise\\d")));
    assertEquals(norms, weights(module, BatchNormLayer.class::isInstance));
    assertEquals(9 * 3 * 32 + depthwise + pointwise + norms + 256 * 10 + 10, weights(module));
    assertEquals(
        "[64, 32, 32] [128, 16, 16] [128, 16, 16] [256, 8, 8] [256, 8, 8] [256, 1, 1]",
        shapes(
            module, "pointwise1", "pointwise2", "pointwise3", "pointwise4", "pointwise5", "pool"));
  }

  @Test
  void wideNetHalvesTheImageInEachOfItsBlocks() {
    long kernels = 3 * 32 + 32 * 64 + 64 * 64 + 64 * 256 + 3 * 256 * 256;
    long norms = 2 * (32 + 2 * 64 + 4 * 256);
    BayesModule module = WideNetModule.create(3, 10);
    assertEquals(9 * kernels, weights(module, ConvLayer.class::isInstance));
    assertEquals(9 * kernels + norms + 256 * 10 + 10, weights(module));
    assertEquals(
        "[32, 32, 32] [64, 16, 16] [256, 8, 8] [256, 4, 4] [256, 1, 1]",
        shapes(module, "stem", "block1.act2", "block2.act2", "block3.act2", "pool"));
  }

  @Test
  void signalNetShrinksOnlyAlongTheSignal() {
    BayesModule module = SignalNetModule.create(12, 5);
    assertEquals(
        "[32, 1, 512] [32, 1, 256] [64, 1, 256] [64, 1, 128] [128, 1, 128] [128, 1, 1] [5]",
        shapes(module, "conv1", "pool1", "conv2", "pool2", "conv3", "pool3", "fc"));
    assertEquals(
        32 * (12 * 7 + 1) + 64 * (32 * 5 + 1) + 128 * (64 * 3 + 1) + 5 * (128 + 1),
        weights(module));
  }

  @ParameterizedTest
  @EnumSource
  void aGaussianWeightHasTwoNumbers(Model model) {
    List<BayesModule> both = model.both(3, 10);
    assertEquals(2 * affine(both.get(1)), affine(both.get(0)));
    assertEquals(
        weights(both.get(1), BatchNormLayer.class::isInstance),
        weights(both.get(0), BatchNormLayer.class::isInstance));
  }

  @ParameterizedTest
  @EnumSource
  void everyNetworkTakesAnyChannelsAndClasses(Model model) {
    for (int channels : List.of(1, 3)) {
      for (BayesModule module : model.both(channels, 7)) {
        Shape.Image input = (Shape.Image) module.inputShape();
        assertEquals(channels, input.channels());
        INDArray logits =
            module.forward(Nd4j.rand(2, channels, input.height(), input.width())).logits();
        assertEquals(List.of(2L, 7L), List.of(logits.size(0), logits.size(1)));
        assertTrue(Double.isFinite(logits.sumNumber().doubleValue()), model.toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTrainingStepLowersTheLossOfItsBatch(Model model) {
    for (BayesModule module : model.both(1, 10)) {
      int count = 4;
      float[] pixels = NoiseKey.training(1, 0).of(0).uniform(0, count, module.inputShape().size());
      Batch batch = new Batch(pixels, new int[] {3, 1, 4, 1}, count, 0);
      double before = step(module).run(batch, 0.1, 1e-4).loss();
      // As the first step, whose noise the same weights would meet with the same loss.
      double after = step(module).run(batch, 0.1, 1e-4).loss();
      assertTrue(after < before, module.definition() + ": " + before + " to " + after);
    }
  }

  private static TrainingStep step(BayesModule module) {
    return new TrainingStep(
        module.runner(),
        module.network(),
        new TrainingStep.Setup(
            Likelihood.categorical(), Optimiser.adam(), 1_000, 7, 1, GradientExchange.none()));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESNET20", "SEPARABLE", "SIGNAL", "WIDENET"})
  void aSavedNetworkAnswersAsBefore(Model model, @TempDir Path folder) {
    BayesModule module = model.bayesian.apply(2, 4);
    Path file = folder.resolve("net.safetensors");
    module.save(file);
    Shape.Image input = (Shape.Image) module.inputShape();
    INDArray images = Nd4j.rand(2, 2, input.height(), input.width());
    assertEquals(
        module.forward(images).logits(), model.loader.apply(file).forward(images).logits());
  }
}
