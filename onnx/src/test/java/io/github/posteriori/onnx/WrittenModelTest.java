package io.github.posteriori.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.Scale;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.models.BayesAlexNetModule;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.onnx.schema.Onnx.GraphProto;
import io.github.posteriori.onnx.schema.Onnx.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model as a file: what it says of itself, and what is refused. */
class WrittenModelTest {
  private static final ModuleOptions LRT = ModuleOptions.defaults().withEstimator(Estimator.LRT);
  private static final Shape IMAGE = Shape.image(2, 6, 6);

  private final BayesModule lenet = BayesLeNetModule.create(1, 4, LRT);

  @TempDir private Path folder;

  @Test
  void inputAndOutputsAreNamedAndTheBatchIsOpen() throws OrtException {
    try (OpenModel model = OpenModel.of(OnnxExport.prediction(lenet, 5))) {
      assertEquals(Map.of("input", "[-1, 1, 32, 32]"), shapes(model.session().getInputInfo()));
      assertEquals(
          Map.of("probabilities", "[-1, 4]", "epistemic", "[-1, 4]", "aleatoric", "[-1, 4]"),
          shapes(model.session().getOutputInfo()));
    }
    try (OpenModel model = OpenModel.of(OnnxExport.pointEstimate(lenet))) {
      assertEquals(Map.of("logits", "[-1, 4]"), shapes(model.session().getOutputInfo()));
    }
  }

  private static Map<String, String> shapes(Map<String, NodeInfo> infos) {
    Map<String, String> shapes = new HashMap<>();
    infos.forEach(
        (name, info) ->
            shapes.put(name, Arrays.toString(((TensorInfo) info.getInfo()).getShape())));
    return shapes;
  }

  @Test
  void theModelTellsWhereItIsFrom() throws OrtException {
    try (OpenModel model = OpenModel.of(OnnxExport.prediction(lenet, 5))) {
      OnnxModelMetadata metadata = model.session().getMetadata();
      assertEquals("Posteriori", metadata.getProducerName());
      assertEquals("BayesLeNet", metadata.getGraphName());
      assertEquals(
          Map.of(
              "definition",
              "io.github.posteriori.models.BayesLeNet",
              "estimator",
              "lrt",
              "samples",
              "5",
              "class_names",
              "[\"0\",\"1\",\"2\",\"3\"]"),
          metadata.getCustomMetadata());
    }
    try (OpenModel model = OpenModel.of(OnnxExport.pointEstimate(lenet))) {
      assertEquals("point", model.session().getMetadata().getCustomMetadata().get("estimator"));
    }
  }

  @Test
  void theVersionIsThatOfTheLibrary() {
    assertTrue(
        OnnxExport.pointEstimate(lenet).model().getProducerVersion().matches("[0-9]+[.].*"),
        OnnxExport.pointEstimate(lenet).model().getProducerVersion());
  }

  @Test
  void samplesCostNoSpace() throws IOException {
    long weights = 4L * lenet.parameters().stream().mapToInt(Parameter::size).sum();
    long one = size(OnnxExport.prediction(lenet, 1));
    assertTrue(one > weights && one < weights + 10_000, one + " bytes");
    assertTrue(Math.abs(size(OnnxExport.prediction(lenet, 1000)) - one) < 100);
    assertTrue(size(OnnxExport.pointEstimate(lenet)) < weights / 2 + 5_000);
  }

  private long size(OnnxExport export) throws IOException {
    Path file = folder.resolve("model.onnx");
    export.write(file);
    return Files.size(file);
  }

  @Test
  void fieldsMayBeNamedAsOutputsAre() throws OrtException {
    BayesModule module =
        new SmallModule(
            Shape.features(3),
            (build, shape) -> build.linear("input", shape, 4, true),
            (build, shape) -> build.activation("logits", shape, Activation.TANH),
            (build, shape) -> build.linear("probabilities", shape, 2, true));
    try (OpenModel model = OpenModel.of(OnnxExport.pointEstimate(module))) {
      float[] x = {0.3f, -1, 2};
      assertArrayEquals(
          module.runner().forward(x, 1, NoiseKey.evaluation(0, 0)),
          model.run(x, 1, 3).get("logits"),
          1e-6f);
    }
  }

  @Test
  void anImageIsAnOutputButHasNoClasses() throws OrtException {
    BayesModule module =
        new SmallModule(IMAGE, (build, shape) -> build.maxPool("pool", shape, Window.kernel(2, 2)));
    try (OpenModel model = OpenModel.of(OnnxExport.pointEstimate(module))) {
      TriedModule tried = TriedModule.of(module, 2);
      assertArrayEquals(
          module.runner().forward(tried.batch(), 2, NoiseKey.evaluation(0, 0)),
          model.run(tried.batch(), tried.shape()).get("logits"));
    }
    refuses(
        "ends in the image [2, 5, 5], expected features", () -> OnnxExport.prediction(module, 9));
  }

  @Test
  void numbersHaveNoProbabilities() {
    BayesModule module =
        Chain.of(
            ModuleOptions.defaults(),
            build -> {
              NetworkLayer fc = build.bayesLinear("fc", Shape.features(1), 1, true);
              return List.<NetworkLayer[]>of(new NetworkLayer[] {fc});
            });
    Dataset line =
        Dataset.ofValues(
            "line", Shape.features(1), List.of("y"), new float[][] {{0}, {1}}, new float[2][1]);
    TrainingOptions options =
        TrainingOptions.defaults().withEpochs(1).withLikelihood(Likelihood.gaussian());
    Trainer.of(module, options).fit(line);
    refuses(
        "the likelihood of test.Chain is gaussian, expected that of classes",
        () -> OnnxExport.prediction(module, 9));
  }

  @Test
  void whatOnnxCannotSayIsRefused() {
    BayesModule scaled =
        new SmallModule(IMAGE, (build, shape) -> build.custom(() -> new Scale("scale", shape)));
    refuses(
        "scale is the layer io.github.posteriori.Scale, whose equations are Java",
        () -> OnnxExport.pointEstimate(scaled).write(folder.resolve("model.onnx")));
    BayesModule dilated =
        new SmallModule(
            IMAGE,
            (build, shape) -> build.avgPool("mean", shape, Window.kernel(2, 2).dilation(2, 1)));
    refuses("mean takes means of the window", () -> OnnxExport.pointEstimate(dilated).model());
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    refuses("samples is 0, expected at least 1", () -> OnnxExport.prediction(lenet, 0));
    Numbers.set(lenet.parameters().get(0), 2, Double.NaN);
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> OnnxExport.pointEstimate(lenet).model());
    assertTrue(refused.getMessage().startsWith("conv1.W_mu holds NaN"), refused.getMessage());
  }

  @Test
  void modelsOfMoreThan2GiBAreRefused() {
    ModelSize size = new ModelSize();
    size.add(500_000_000);
    refuses("an ONNX file ends at 2 GiB", () -> size.add(50_000_000));
  }

  private static void refuses(String message, Runnable export) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, export::run);
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void aFileIsReplacedOrLeftAsItIs() throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.writeString(file, "something else");
    OnnxExport.pointEstimate(lenet).write(file);
    byte[] written = Files.readAllBytes(file);
    assertTrue(written.length > 100_000);
    Numbers.set(lenet.parameters().get(0), 2, Double.NaN);
    assertThrows(IllegalStateException.class, () -> OnnxExport.pointEstimate(lenet).write(file));
    assertArrayEquals(written, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("nowhere").resolve("model.onnx");
    CheckpointException refused =
        assertThrows(CheckpointException.class, () -> OnnxExport.pointEstimate(lenet).write(file));
    assertTrue(refused.getMessage().startsWith("cannot write " + file), refused.getMessage());
  }

  /** Without that, ONNX Runtime 1.22 aborts the process. */
  @Test
  void theLoopTakesWhatIsComputedOutsideBySums() {
    GraphProto graph =
        OnnxExport.prediction(BayesAlexNetModule.create(3, 4, LRT), 5).model().getGraph();
    Map<String, String> operators = new HashMap<>();
    graph.getNodeList().forEach(node -> operators.put(node.getOutput(0), node.getOpType()));
    NodeProto loop =
        graph.getNodeList().stream().filter(n -> n.getOpType().equals("Loop")).findFirst().get();
    List<String> taken =
        loop.getAttribute(0).getG().getNodeList().stream()
            .flatMap(node -> node.getInputList().stream())
            .filter(operators::containsKey)
            .map(operators::get)
            .distinct()
            .toList();
    assertEquals(List.of("Sum"), taken);
  }

  /** Only what a sample changes is computed for each: not the first products of LRT. */
  @Test
  void whatAllSamplesShareIsComputedOnce() {
    GraphProto graph = OnnxExport.prediction(lenet, 5).model().getGraph();
    long outside =
        graph.getNodeList().stream().filter(node -> node.getOpType().equals("Conv")).count();
    assertEquals(2, outside); // the mean and the variance of conv1
  }
}
