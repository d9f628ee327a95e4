package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.build.Inflow;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.checkpoint.SafetensorsBytes;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointTest {
  private static final ModuleOptions OPTIONS =
      ModuleOptions.defaults()
          .withSeed(7)
          .withEstimator(Estimator.BBB)
          .withActivation(Activation.SOFTPLUS)
          .withPriors(Priors.ofPyTorchBayesianCnn().withSigma(0.25));

  @TempDir Path folder;

  private final Chain module = Chain.small(OPTIONS, 3);

  private Path saved() {
    Path file = folder.resolve("module.safetensors");
    module.save(file);
    return file;
  }

  private static Chain load(Path file, ModuleOptions options, int classes) {
    return Checkpoint.load(
        file, Chain.DEFINITION, options, (free, all) -> Chain.small(all, classes));
  }

  private static INDArray images() {
    return Nd4j.linspace(0, 1, 288, DataType.FLOAT).reshape(2, 1, 12, 12);
  }

  @Test
  void bringsBackWeightsOptionsAndProvenance() {
    Provenance provenance = new Provenance("digits", 800, 7, 3, "0.1", "nd4j", "17");
    module.learn(known -> known.with(provenance));
    SelectiveRisk risk =
        SelectiveRisk.of(List.of(new Answer(1, 1, 0.9), new Answer(1, 0, 1 / 3.0)));
    module.selectiveRisk(risk);
    Chain loaded = Checkpoint.load(saved(), Chain.DEFINITION, (free, all) -> Chain.small(all, 3));
    assertEquals(OPTIONS, loaded.options());
    assertEquals(Optional.of(provenance), loaded.provenance());
    assertEquals(Optional.of(risk), loaded.selectiveRisk());
    assertEquals(module.forward(images()).logits(), loaded.forward(images()).logits());
    assertEquals(module.kl(), loaded.kl());
  }

  @Test
  void keepsTheTextsOfAProgramThroughEveryFurtherFile() {
    Checkpoint.note(module, "source", "class Net {}\n// \u00fc");
    Chain loaded = load(saved(), ModuleOptions.defaults(), 3);
    Path again = folder.resolve("again.safetensors");
    loaded.save(again);
    Checkpoint read = Checkpoint.read(again);
    assertEquals(Optional.of("class Net {}\n// \u00fc"), read.note("source"));
    assertEquals(Optional.empty(), read.note("sauce"));
  }

  @Test
  void namesTensorsAsPyTorchBayesianCnnDoes() {
    assertEquals(
        List.of(
            "conv1.W_mu",
            "conv1.W_rho",
            "conv1.bias_mu",
            "conv1.bias_rho",
            "fc1.W_mu",
            "fc1.W_rho",
            "fc1.bias_mu",
            "fc1.bias_rho"),
        List.copyOf(Safetensors.read(saved()).tensors().keySet()));
  }

  @Test
  void storesTheSameBytesForTheSameModule() throws Exception {
    byte[] first = java.nio.file.Files.readAllBytes(saved());
    assertArrayEquals(first, java.nio.file.Files.readAllBytes(saved()));
  }

  @Test
  void keepsAPriorThatFollowsTheFanIn() {
    ModuleOptions options =
        ModuleOptions.defaults().withPriors(Priors.defaults().withSigma(Prior.HE));
    Chain wide = Chain.small(options, 3);
    Path file = folder.resolve("wide.safetensors");
    wide.save(file);

    Chain loaded = load(file, ModuleOptions.defaults(), 3);
    assertEquals(options.priors(), loaded.options().priors());
    assertEquals(wide.kl(), loaded.kl());
  }

  @Test
  void lastsThroughAnotherEstimator() {
    Chain loaded = load(saved(), ModuleOptions.defaults().withEstimator(Estimator.LRT), 3);
    assertEquals(Optional.of(Estimator.LRT), loaded.options().estimator());
    assertEquals(OPTIONS.priors(), loaded.options().priors());
    assertEquals(module.kl(), loaded.kl(), 1e-9 * module.kl());
  }

  @Test
  void refusesARecordThatLacksANumber() {
    module.learn(known -> known.with(new Provenance("digits", 800, 7, 3, "0.1", "nd4j", "17")));
    Safetensors whole = Safetensors.read(saved());
    Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
    metadata.computeIfPresent("provenance", (key, json) -> json.replace(",\"epochs\":3", ""));
    Path file = folder.resolve("less.safetensors");
    new Safetensors(metadata, whole.tensors()).write(file);
    CheckpointException refusal =
        assertThrows(CheckpointException.class, () -> load(file, ModuleOptions.defaults(), 3));
    assertTrue(
        refusal.getMessage().contains("its provenance is not readable"), refusal.getMessage());
  }

  @Test
  void refusesAnotherDefinition() {
    Path file = saved();
    CheckpointException refusal =
        assertThrows(
            CheckpointException.class,
            () -> Checkpoint.load(file, "test.Other", (free, all) -> Chain.small(all, 3)));
    assertTrue(refusal.getMessage().contains("test.Chain"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("test.Other"), refusal.getMessage());
  }

  @Test
  void refusesAnotherArchitecture() {
    Path file = saved();
    CheckpointException refusal =
        assertThrows(CheckpointException.class, () -> load(file, ModuleOptions.defaults(), 4));
    assertTrue(refusal.getMessage().contains("BayesLinear 3"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("BayesLinear 4"), refusal.getMessage());
  }

  @Test
  void refusesAnotherActivation() {
    Path file = saved();
    CheckpointException refusal =
        assertThrows(
            CheckpointException.class,
            () -> load(file, ModuleOptions.defaults().withActivation(Activation.RELU), 3));
    assertTrue(refusal.getMessage().contains("Activate SOFTPLUS"), refusal.getMessage());
  }

  @Test
  void refusesAMissingASuperfluousAndAMisshapenTensor() {
    Safetensors whole = Safetensors.read(saved());
    Map<String, Tensor> fewer = new LinkedHashMap<>(whole.tensors());
    fewer.remove("fc1.bias_rho");
    Map<String, Tensor> more = new LinkedHashMap<>(whole.tensors());
    more.put("fc9.W_mu", new Tensor(new long[] {1}, new float[1]));
    Map<String, Tensor> other = new LinkedHashMap<>(whole.tensors());
    other.put("fc1.bias_rho", new Tensor(new long[] {1, 3}, new float[3]));
    for (Map<String, Tensor> tensors : List.of(fewer, more, other)) {
      Path file = folder.resolve("changed.safetensors");
      new Safetensors(whole.metadata(), tensors).write(file);
      assertThrows(CheckpointException.class, () -> load(file, ModuleOptions.defaults(), 3));
    }
  }

  @Test
  void refusesWeightsThatAreNoNumbersWithTheirTensor() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Numbers.set(module.parameters().get(2), 1, value);
      Path file = saved();
      CheckpointException refusal =
          assertThrows(CheckpointException.class, () -> load(file, ModuleOptions.defaults(), 3));
      assertTrue(
          refusal.getMessage().contains("tensor conv1.bias_mu holds " + value),
          refusal.getMessage());
    }
  }

  @Test
  void refusesASafetensorsFileOfAnotherProgram() {
    Path file = folder.resolve("foreign.safetensors");
    new Safetensors(Map.of("format", "pt"), Map.of()).write(file);
    CheckpointException refusal =
        assertThrows(CheckpointException.class, () -> Checkpoint.read(file));
    assertTrue(refusal.getMessage().contains("another program wrote"), refusal.getMessage());
  }

  /** Another program reads a checkpoint, and saves its tensors and metadata with more or less. */
  @Test
  void bringsBackWhatAnotherProgramSavedAgain() throws Exception {
    Safetensors content = Safetensors.read(saved());
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.put("format", "pt");
    Path file = folder.resolve("again.safetensors");
    new SafetensorsBytes()
        .tensor("num_batches_tracked", "I64", new long[] {}, new byte[8])
        .metadata(metadata)
        .doubles(content.tensors())
        .write(file);
    assertSameWeights(0, load(file, OPTIONS, 3));
    new SafetensorsBytes().metadata(metadata).halves(content.tensors()).write(file);
    assertSameWeights(0.01f, load(file, OPTIONS, 3));
  }

  private void assertSameWeights(float tolerance, Chain other) {
    for (int i = 0; i < module.parameters().size(); i++) {
      Parameter expected = module.parameters().get(i);
      float[] values = new float[expected.size()];
      float[] found = new float[expected.size()];
      expected.read(values);
      other.parameters().get(i).read(found);
      for (int k = 0; k < values.length; k++) {
        assertEquals(values[k], found[k], tolerance * Math.abs(values[k]), expected.name());
      }
    }
  }

  @Test
  void refusesMetadataThatItCannotRead() {
    Safetensors whole = Safetensors.read(saved());
    for (String key : List.of("architecture", "options")) {
      for (String damaged : List.of("", "{", "null", "[]", "{\"seed\":\"x\"}")) {
        Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
        metadata.put(key, damaged);
        Path file = folder.resolve("damaged.safetensors");
        new Safetensors(metadata, whole.tensors()).write(file);
        assertThrows(
            CheckpointException.class,
            () -> load(file, ModuleOptions.defaults(), 3),
            key + " = " + damaged);
      }
    }
  }

  @Test
  void refusesAnArchitectureThatLacksAPartOrClaimsTheAbsurd() {
    Safetensors whole = Safetensors.read(saved());
    String architecture = whole.metadata().get("architecture");
    for (String claim :
        List.of(
            "{}",
            architecture.replace("\"free\":{}", "\"free\":null"),
            architecture.replace("\"free\":{}", "\"free\":{\"channels\":null}"),
            architecture.replace("\"free\":{}", "\"free\":{\"x\":1}"),
            architecture.replace("\"free\":{}", "\"free\":{\"classes\":2000000000}"),
            architecture.replace("\"layers\":[", "\"layers\":[null,"))) {
      Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
      assertFalse(claim.equals(architecture), "the replacement found nothing");
      metadata.put("architecture", claim);
      Path file = folder.resolve("claims.safetensors");
      new Safetensors(metadata, whole.tensors()).write(file);
      assertThrows(CheckpointException.class, () -> load(file, ModuleOptions.defaults(), 3), claim);
    }
  }

  @Test
  void makesNoModuleLargerThanTheFileCanFill() {
    Checkpoint.Factory<Chain> factory =
        (free, all) ->
            Chain.of(
                all,
                build -> {
                  build.free("classes", free[0]);
                  return List.<NetworkLayer[]>of(
                      new NetworkLayer[] {
                        build.bayesLinear("fc", Shape.features(5), free[0], true)
                      });
                });
    Path file = folder.resolve("free.safetensors");
    factory.create(new int[] {2}, ModuleOptions.defaults()).save(file);
    assertEquals(2, Checkpoint.load(file, Chain.DEFINITION, factory).outputShape().size());

    Safetensors whole = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
    metadata.computeIfPresent(
        "architecture", (key, json) -> json.replace("\"classes\":2", "\"classes\":5000"));
    new Safetensors(metadata, whole.tensors()).write(file);
    CheckpointException refusal =
        assertThrows(
            CheckpointException.class, () -> Checkpoint.load(file, Chain.DEFINITION, factory));
    assertTrue(refusal.getMessage().contains("claims that classes is 5000"), refusal.getMessage());
  }

  @Test
  void refusesADefinitionWhoseEstimatorOrPriorHasChanged() {
    Chain.Declaration bbb =
        build -> {
          build.estimator(Estimator.BBB).priors(Priors.defaults().withSigma(0.7));
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {build.bayesLinear("fc", Shape.features(5), 2, true)});
        };
    Chain.Declaration lrt =
        build ->
            List.<NetworkLayer[]>of(
                new NetworkLayer[] {build.bayesLinear("fc", Shape.features(5), 2, true)});
    Path file = folder.resolve("stated.safetensors");
    Chain.of(ModuleOptions.defaults(), bbb).save(file);
    CheckpointException refusal =
        assertThrows(
            CheckpointException.class,
            () -> Checkpoint.load(file, Chain.DEFINITION, (free, all) -> Chain.of(all, lrt)));
    assertTrue(refusal.getMessage().contains("fc: BBB"), refusal.getMessage());
    ModuleOptions stated =
        ModuleOptions.defaults().withEstimator(Estimator.LRT).withPriors(Priors.defaults());
    Checkpoint.load(file, Chain.DEFINITION, stated, (free, all) -> Chain.of(all, lrt));
  }

  /** Three layers that fit each other in any order. */
  private static Graph wired(ModuleOptions options, boolean straight) {
    return Graph.of(
        options,
        Shape.features(3),
        build -> {
          Inflow images = build.from(Source.INPUT);
          Stage a = images.stage(build.bayesLinear("a", build.input(), 3, true));
          Inflow intoB = straight ? build.from(a) : images;
          Stage b = intoB.stage(build.bayesLinear("b", build.input(), 3, true));
          Stage add = build.from(a, b).stage(build.add("add", build.input(), build.input()));
          return new Graph.Wiring() {
            @Override
            public Signal forward(Pass pass, Signal images) {
              Signal byA = pass.forward(a, images);
              Signal byB = pass.forward(b, straight ? byA : images);
              return pass.join(add, byA, byB);
            }

            @Override
            public Signal backward(Pass pass, Signal outputGradient) {
              throw new AssertionError("nobody trains here");
            }
          };
        });
  }

  @Test
  void refusesTheSameLayersWiredInAnotherWay() {
    Path file = folder.resolve("wired.safetensors");
    wired(OPTIONS, true).save(file);
    Checkpoint.load(file, Graph.DEFINITION, (free, all) -> wired(all, true));
    CheckpointException refusal =
        assertThrows(
            CheckpointException.class,
            () -> Checkpoint.load(file, Graph.DEFINITION, (free, all) -> wired(all, false)));
    assertTrue(
        refusal
            .getMessage()
            .contains("'b: BayesLinear 3 [3] -> [3]', expected 'b of input: BayesLinear 3"),
        refusal.getMessage());
  }

  @Test
  void namesWhatIsNull() {
    Path file = saved();
    assertEquals(
        "file is null, expected the path of a checkpoint",
        assertThrows(NullPointerException.class, () -> load(null, ModuleOptions.defaults(), 3))
            .getMessage());
    assertEquals(
        "options is null, expected ModuleOptions.defaults() or what is made from it",
        assertThrows(NullPointerException.class, () -> load(file, null, 3)).getMessage());
  }

  @Test
  void keepsNoNoise() {
    module.forward(images());
    for (Parameter parameter : module.parameters()) {
      assertTrue(parameter.name().matches(".*_(mu|rho)"), parameter.name());
    }
  }
}
