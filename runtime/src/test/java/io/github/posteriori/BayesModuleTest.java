package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.build.Variational;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class BayesModuleTest {
  private final Chain module = Chain.small(ModuleOptions.defaults(), 3);

  private static INDArray images(int count) {
    return Nd4j.linspace(0, 1, count * 144L, DataType.FLOAT).reshape(count, 1, 12, 12);
  }

  @Test
  void forwardGivesLogitsAndKl() {
    Output output = module.forward(images(2));
    assertArrayEquals(new long[] {2, 3}, output.logits().shape());
    assertEquals(module.kl(), output.kl());
  }

  @Test
  void forwardIsSampleZeroOfTheSeed() {
    assertEquals(module.forward(images(2), 0).logits(), module.forward(images(2)).logits());
    assertNotEquals(module.forward(images(2), 1).logits(), module.forward(images(2)).logits());
  }

  @Test
  void forwardTakesAnyOrderingAndFloatType() {
    INDArray images = images(2);
    Output expected = module.forward(images);
    assertEquals(expected.logits(), module.forward(images.dup('f')).logits());
    assertEquals(expected.logits(), module.forward(images.castTo(DataType.DOUBLE)).logits());
  }

  @Test
  void forwardRefusesOtherShapes() {
    for (INDArray images : List.of(Nd4j.zeros(2, 3, 12, 12), Nd4j.zeros(2, 144), Nd4j.scalar(1f))) {
      assertThrows(IllegalArgumentException.class, () -> module.forward(images));
    }
  }

  @Test
  void namesTheImagesThatAreNull() {
    String expected = "images is null, expected [batch, 1, 12, 12]";
    assertEquals(
        expected,
        assertThrows(NullPointerException.class, () -> module.forward(null)).getMessage());
    assertEquals(
        expected,
        assertThrows(NullPointerException.class, () -> module.predict(null, 5)).getMessage());
  }

  @Test
  void samplesEachImageAsIfItWereAlone() {
    INDArray images = images(5);
    List<PredictiveSamples> samples = module.sample(images, 9);
    assertEquals(5, samples.size());
    for (int i = 0; i < 5; i++) {
      INDArray image = images.get(NDArrayIndex.interval(i, i + 1));
      Prediction alone = module.predict(image, 9);
      Prediction own = samples.get(i).prediction();
      assertEquals(9, own.samples());
      for (int k = 0; k < 3; k++) {
        double expected = alone.probabilities().getDouble(0, k);
        assertEquals(expected, own.probabilities().getDouble(0, k), 1e-6);
        assertEquals(alone.epistemic().getDouble(0, k), own.epistemic().getDouble(0, k), 1e-6);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> module.sample(images, 0));
  }

  /** By hand, with four samples: the median lies half-way between the second and the third. */
  @Test
  void quantilesAreThoseOfEachClass() {
    PredictiveSamples samples =
        new PredictiveSamples(new double[][] {{0.4, 0.6}, {0.1, 0.9}, {0.3, 0.7}, {0.9, 0.1}});
    assertArrayEquals(new double[] {0.1, 0.1}, samples.quantile(0));
    assertArrayEquals(new double[] {0.35, 0.65}, samples.quantile(0.5), 1e-12);
    assertArrayEquals(new double[] {0.9, 0.9}, samples.quantile(1));
    assertArrayEquals(
        new double[] {0.2, 0.2}, new PredictiveSamples(new double[][] {{0.2, 0.2}}).quantile(0.7));
    assertThrows(IllegalArgumentException.class, () -> samples.quantile(1.1));
  }

  @Test
  void namesTheFileThatIsNull() {
    assertEquals(
        "file is null, expected the path of the file to write",
        assertThrows(NullPointerException.class, () -> module.save(null)).getMessage());
  }

  private static Chain endsInAnImage() {
    return Chain.of(
        ModuleOptions.defaults(),
        build ->
            List.<NetworkLayer[]>of(
                new NetworkLayer[] {
                  build.bayesConv(
                      "conv", Shape.image(1, 12, 12), Filters.of(4, Window.kernel(3, 3)))
                }));
  }

  @Test
  void forwardKeepsTheShapeOfAnImage() {
    assertArrayEquals(
        new long[] {2, 4, 10, 10}, endsInAnImage().forward(images(2)).logits().shape());
  }

  @Test
  void refusesToTellClassesFromAnImage() {
    Chain convolution = endsInAnImage();
    Dataset set = Dataset.of("one", Shape.image(1, 12, 12), 2, new float[1][144], new int[1]);
    String expected =
        "test.Chain ends in the image [4, 10, 10], expected features, one for each class: end it"
            + " with a linear layer, or with @Flatten";
    for (Executable action :
        List.<Executable>of(
            () -> convolution.predict(images(2), 5),
            () -> new Evaluator(convolution, 1, 1).evaluate(set),
            () -> Trainer.of(convolution, TrainingOptions.defaults()).fit(set))) {
      assertEquals(expected, assertThrows(IllegalStateException.class, action).getMessage());
    }
  }

  @Test
  void predictAveragesProbabilitiesOfSamples() {
    Prediction prediction = module.predict(images(2), 20);
    for (int i = 0; i < 2; i++) {
      assertEquals(1, prediction.probabilities().getRow(i).sumNumber().doubleValue(), 1e-9);
    }
    assertThrows(IllegalArgumentException.class, () -> module.predict(images(2), 0));
  }

  @Test
  void predictIsEpistemicallySureOfAPointEstimateOnly() {
    Chain point = Chain.small(ModuleOptions.defaults().withEstimator(Estimator.POINT), 3);
    assertEquals(0, point.predict(images(2), 5).epistemic().sumNumber().doubleValue());
    for (Estimator estimator : List.of(Estimator.LRT, Estimator.BBB)) {
      Chain sampled = Chain.small(ModuleOptions.defaults().withEstimator(estimator), 3);
      assertNotEquals(0, sampled.predict(images(2), 5).epistemic().sumNumber().doubleValue());
    }
  }

  @Test
  void aPriorMayFollowTheFanIn() {
    Chain.Declaration declaration =
        build -> {
          NetworkLayer conv =
              build.bayesConv("conv", Shape.image(3, 6, 6), Filters.of(4, Window.kernel(5, 4)));
          NetworkLayer flatten = build.flatten("flatten", conv.output());
          NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 2, true);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {conv}, new NetworkLayer[] {flatten}, new NetworkLayer[] {fc});
        };
    ModuleOptions options =
        ModuleOptions.defaults().withPriors(Priors.defaults().withSigma(Prior.HE));
    List<NetworkLayer> layers = Chain.of(options, declaration).network().layers();

    AffineLayer conv = (AffineLayer) layers.get(0);
    AffineLayer fc = (AffineLayer) layers.get(2);
    assertEquals(Math.sqrt(2.0 / 60), ((Posterior) conv.weight()).prior().sigma());
    assertEquals(1, ((Posterior) conv.bias().orElseThrow()).prior().sigma());
    assertEquals(Math.sqrt(2.0 / 24), ((Posterior) fc.weight()).prior().sigma());
  }

  @Test
  void optionsBeatTheFieldWhichBeatsTheClass() {
    Chain.Declaration declaration =
        build -> {
          build
              .estimator(Estimator.BBB)
              .activation(Activation.TANH)
              .priors(Priors.defaults().withSigma(0.5));
          NetworkLayer stated =
              build.bayesConv(
                  "stated",
                  Shape.image(1, 4, 4),
                  Filters.of(2, Window.kernel(2, 2)),
                  Variational.unstated()
                      .estimator(Estimator.LRT)
                      .priors(Priors.defaults().withSigma(0.7)));
          NetworkLayer unstated =
              build.bayesConv("unstated", stated.output(), Filters.of(2, Window.kernel(2, 2)));
          NetworkLayer act = build.activation("act", unstated.output(), Activation.MODEL);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {stated}, new NetworkLayer[] {unstated, act});
        };
    List<NetworkLayer> defined = Chain.of(ModuleOptions.defaults(), declaration).network().layers();
    assertEquals(Estimator.LRT, ((AffineLayer) defined.get(0)).estimator());
    assertEquals(Estimator.BBB, ((AffineLayer) defined.get(1)).estimator());
    assertEquals(0.7, ((Posterior) ((AffineLayer) defined.get(0)).weight()).prior().sigma());
    assertEquals(0.5, ((Posterior) ((AffineLayer) defined.get(1)).weight()).prior().sigma());
    assertEquals(Activation.TANH, ((ActivationLayer) defined.get(2)).function());

    ModuleOptions options =
        ModuleOptions.defaults()
            .withEstimator(Estimator.POINT)
            .withActivation(Activation.SOFTPLUS)
            .withPriors(Priors.defaults().withMu(0.2).withSigma(0.3));
    List<NetworkLayer> overruled = Chain.of(options, declaration).network().layers();
    for (NetworkLayer layer : overruled.subList(0, 2)) {
      assertEquals(Estimator.POINT, ((AffineLayer) layer).estimator());
      assertEquals(
          new GaussianPrior(0.2, 0.3), ((Posterior) ((AffineLayer) layer).weight()).prior());
    }
    assertEquals(Activation.SOFTPLUS, ((ActivationLayer) overruled.get(2)).function());
  }

  @Test
  void startsWeightsByTheScaleOfHeAndBiasesAtZero() {
    Chain wide =
        Chain.of(
            ModuleOptions.defaults(),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {build.bayesLinear("fc", Shape.features(500), 400, true)}));
    INDArray mu = wide.parameters().get(0).value();
    assertEquals(Math.sqrt(2.0 / 500), mu.stdNumber().doubleValue(), 0.01 * Math.sqrt(2.0 / 500));
    assertEquals(-5, wide.parameters().get(1).value().meanNumber().doubleValue(), 0.01);
    assertEquals(0.1, wide.parameters().get(1).value().stdNumber().doubleValue(), 0.002);
    assertEquals(0, wide.parameters().get(2).value().amaxNumber().doubleValue());
  }

  @Test
  void startsWhereTheSeedStartsWithItsPriors() {
    Chain wide =
        Chain.of(
            ModuleOptions.defaults().withPriors(Priors.ofPyTorchBayesianCnn()),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {build.bayesLinear("fc", Shape.features(500), 400, true)}));
    assertEquals(0.1, wide.parameters().get(0).value().stdNumber().doubleValue(), 0.002);
    assertEquals(-3, wide.parameters().get(1).value().meanNumber().doubleValue(), 0.01);
    assertNotEquals(0, wide.parameters().get(2).value().amaxNumber().doubleValue());
  }

  @Test
  void namesTheEnginesThereAre() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Chain.small(ModuleOptions.defaults().withEngine("abacus"), 3));
    assertEquals(
        "engine is 'abacus', expected auto or one of [vector, nd4j, toy, vector-narrow,"
            + " vector-varied]",
        refusal.getMessage());
  }
}
