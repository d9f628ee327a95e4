package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.data.Digits;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.StandardLayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BlockTest {
  @TempDir Path folder;

  private final Residual net = Residual.create(ModuleOptions.defaults().withSeed(3));

  private static INDArray images(int channels) {
    return Nd4j.linspace(0, 1, 2L * channels * 20, DataType.FLOAT).reshape(2, channels, 5, 4);
  }

  private static Residual create(ModuleOptions options, UnaryOperator<ModuleBuilder> unit) {
    return Residual.create(options, unit);
  }

  @Test
  void namesItsLayersAndTensorsAfterAllFieldsAroundThem() {
    assertEquals(
        List.of(
            "conv1",
            "pair.first.conv",
            "pair.first.norm",
            "pair.first.sum",
            "pair.first.act",
            "pair.second.conv",
            "pair.second.norm",
            "pair.second.sum",
            "pair.second.act",
            "last.conv",
            "last.norm",
            "last.sum",
            "last.act",
            "pool",
            "flatten",
            "fc1"),
        net.layers().stream().map(Layer::name).toList());
    assertEquals(
        List.of(
            "pair.second.conv.W_mu",
            "pair.second.conv.W_rho",
            "pair.second.norm.weight",
            "pair.second.norm.bias",
            "pair.second.norm.running_mean",
            "pair.second.norm.running_var"),
        net.pair().second().parameters().stream().map(Parameter::name).toList());
  }

  @Test
  void countsLayersAndStagesThroughTheWholeNetwork() {
    assertEquals(
        IntStream.range(0, 16).boxed().toList(),
        net.network().layers().stream().map(layer -> ((StandardLayer) layer).index()).toList());
    assertEquals(
        IntStream.range(0, 13).boxed().toList(),
        net.network().stages().stream().map(Stage::index).toList());
  }

  @Test
  void saysWhichStageTakesWhoseOutput() {
    List<Stage> stages = net.network().stages();
    assertEquals(
        List.of(
            List.of(Stage.INPUT), // conv1
            List.of(0), // pair.first
            List.of(1),
            List.of(2, 0),
            List.of(3), // pair.second
            List.of(4),
            List.of(5, 3),
            List.of(6), // last
            List.of(7),
            List.of(8, 6),
            List.of(9), // pool
            List.of(10),
            List.of(11)),
        stages.stream().map(Stage::inputs).toList());
    assertEquals(List.of(stages.get(4), stages.get(6)), net.network().takers(stages.get(3)));
    Network second = net.pair().second().network();
    assertEquals(stages.subList(4, 7), second.stages());
    assertEquals(Optional.empty(), second.stage(3), "what goes into the block");
    assertEquals(Optional.of(stages.get(5)), second.stage(5));
  }

  @Test
  void startsAndDrawsEachBlockWithNumbersOfItsOwn() {
    Parameter first = net.pair().first().conv().weight().location();
    Parameter second = net.pair().second().conv().weight().location();
    assertFalse(Arrays.equals(Numbers.of(first), Numbers.of(second)));
    second.write(Numbers.of(first));
    assertNotEquals(
        net.pair().first().forward(images(3)).logits(),
        net.pair().second().forward(images(3)).logits(),
        "equal weights still get noise of their own");
  }

  @Test
  void isAPartOfTheNetworkWithALifeOfItsOwn() {
    Residual.Pair pair = net.pair();
    assertEquals(net.layers().subList(1, 9), pair.layers());
    assertEquals(Shape.image(3, 5, 4), pair.inputShape());
    assertEquals(Shape.image(3, 5, 4), pair.outputShape());
    assertEquals("test.Pair", pair.definition());
    assertEquals(Map.of("channels", 3, "height", 5, "width", 4), pair.freeDimensions());
    assertEquals(Map.of("height", 5, "width", 4), pair.first().freeDimensions());
    assertEquals(Map.of(), net.freeDimensions());
    assertArrayEquals(new long[] {2, 3, 5, 4}, pair.forward(images(3)).logits().shape());
  }

  @Test
  void sharesInTheKlDivergence() {
    double parts = net.pair().kl() + net.last().kl();
    assertEquals(net.pair().kl(), net.pair().first().kl() + net.pair().second().kl(), 1e-9 * parts);
    Residual point =
        create(ModuleOptions.defaults().withSeed(3), unit -> unit.estimator(Estimator.POINT));
    assertEquals(0, point.pair().kl());
    assertEquals(net.kl() - parts, point.kl(), 1e-9 * net.kl());
  }

  @Test
  void infersAsTheClassAroundItUnlessItsOwnStatesOtherwise() {
    UnaryOperator<ModuleBuilder> stated =
        unit ->
            unit.estimator(Estimator.BBB)
                .activation(Activation.TANH)
                .priors(Priors.defaults().withSigma(0.7));
    ModuleOptions defaults = ModuleOptions.defaults();
    assertInference(
        create(defaults, UnaryOperator.identity()).last(),
        Estimator.LRT,
        Activation.SOFTPLUS,
        Priors.defaults());
    Residual stating = create(defaults, stated);
    assertInference(
        stating.pair().second(), Estimator.BBB, Activation.TANH, Priors.defaults().withSigma(0.7));
    AffineLayer after = (AffineLayer) stating.network().layers().get(15);
    assertEquals(Estimator.LRT, after.estimator(), "what a block states ends with it");
    ModuleOptions options =
        defaults
            .withEstimator(Estimator.POINT)
            .withActivation(Activation.RELU)
            .withPriors(Priors.defaults().withSigma(0.3));
    assertInference(
        create(options, stated).pair().first(),
        Estimator.POINT,
        Activation.RELU,
        Priors.defaults().withSigma(0.3));
  }

  private static void assertInference(
      Residual.Unit unit, Estimator estimator, Activation activation, Priors priors) {
    assertEquals(estimator, unit.conv().estimator());
    assertEquals(
        new GaussianPrior(priors.mu(), priors.sigma()), ((Posterior) unit.conv().weight()).prior());
    assertEquals(activation, ((ActivationLayer) unit.network().layers().get(3)).function());
  }

  @Test
  void comesBackFromTheNetworksFile() throws Exception {
    Path file = folder.resolve("net.safetensors");
    net.save(file);
    Residual loaded = Residual.load(file);
    assertEquals(net.forward(images(2)).logits(), loaded.forward(images(2)).logits());
    Path again = folder.resolve("again.safetensors");
    loaded.save(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void isNotSavedAlone() {
    Path file = folder.resolve("block.safetensors");
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> net.pair().first().save(file));
    assertEquals(
        "pair.first is a part of test.Residual: save the whole network", refusal.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void isNotTrainedAlone() {
    Trainer trainer = Trainer.of(net.pair().first(), TrainingOptions.defaults());
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> trainer.fit(Digits.digits(8, 1)));
    assertEquals(
        "pair.first is a part of test.Residual: train the whole network", refusal.getMessage());
  }

  @Test
  void itsFileIsNotThatOfANetworkWithOtherBlocks() {
    Path file = folder.resolve("net.safetensors");
    create(ModuleOptions.defaults(), unit -> unit.estimator(Estimator.BBB)).save(file);
    CheckpointException refusal =
        assertThrows(CheckpointException.class, () -> Residual.load(file));
    assertEquals(true, refusal.getMessage().contains("pair.first.conv: BBB"));
  }

  private static ModuleBuilder block(Shape input) {
    return new ModuleBuilder("test.Net", ModuleOptions.defaults())
        .from(Source.INPUT)
        .block("stage", "test.Stage", input)
        .from(Source.INPUT)
        .block("inner", "test.Inner", input);
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  @Test
  void refusesAnInputThatItsClassDoesNotTake() {
    ModuleBuilder image = block(Shape.image(8, 5, 4));
    assertEquals(
        "stage.inner: the input is [8, 5, 4], but test.Inner takes channels = 16, height = FREE,"
            + " width = FREE: hand it such an input, or correct what its @BayesModel states",
        refusal(() -> image.takes(16, Dim.FREE, Dim.FREE)));
    assertEquals(
        "stage.inner: the input is the image [8, 5, 4], but test.Inner takes features = 160: hand"
            + " it such an input, or correct what its @BayesModel states",
        refusal(() -> image.takes(160)));
    ModuleBuilder features = block(Shape.features(160));
    assertEquals(
        "stage.inner: the input is the 160 features [160], but test.Inner takes channels = 8,"
            + " height = 5, width = 4: hand it such an input, or correct what its @BayesModel"
            + " states",
        refusal(() -> features.takes(8, 5, 4)));
    assertEquals(
        "stage.inner: the input is [160], but test.Inner takes features = 16: hand it such an"
            + " input, or correct what its @BayesModel states",
        refusal(() -> features.takes(16)));
    assertEquals(Map.of("features", 160), features.takes(Dim.FREE).freeDimensions());
  }

  @Test
  void namesAllFieldsAroundALayerThatDoesNotFit() {
    Shape image = Shape.image(8, 5, 4);
    ModuleBuilder build = block(image);
    assertEquals(
        "stage.inner.fc: the input is the image [8, 5, 4], expected features: put a @Flatten field"
            + " before it",
        refusal(() -> build.linear("fc", image, 3, true)));
    assertEquals(
        "stage.inner.conv: in is 3 in test.Inner, but the input [8, 5, 4] has 8: correct or remove"
            + " it",
        refusal(() -> build.check("conv", "in", 3, image)));
  }
}
