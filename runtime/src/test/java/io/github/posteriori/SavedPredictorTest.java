package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SavedPredictorTest {
  private static final int EXAMPLES = 12;
  private static final float[] NUMBERS = NoiseKey.training(1, 2).of(3).normal(0, EXAMPLES, 4);

  @TempDir Path folder;

  private static Chain module(ModuleOptions options) {
    return Chain.of(
        options,
        build -> {
          NetworkLayer fc1 = build.linear("fc1", Shape.features(4), 6, true);
          NetworkLayer act = build.activation("act", fc1.output(), Activation.RELU);
          NetworkLayer drop = build.dropout("drop", act.output(), 0.4);
          NetworkLayer fc2 = build.bayesLinear("fc2", drop.output(), 3, true);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {fc1, act}, new NetworkLayer[] {drop}, new NetworkLayer[] {fc2});
        });
  }

  private static Chain point(long seed) {
    return module(ModuleOptions.defaults().withSeed(seed).withEstimator(Estimator.POINT));
  }

  private static INDArray examples() {
    return Nd4j.create(NUMBERS, new long[] {EXAMPLES, 4}, 'c');
  }

  private static Dataset set() {
    float[][] rows = new float[EXAMPLES][4];
    for (int i = 0; i < EXAMPLES; i++) {
      System.arraycopy(NUMBERS, 4 * i, rows[i], 0, 4);
    }
    return Dataset.of("drawn", Shape.features(4), 3, rows, new int[EXAMPLES]);
  }

  private static Chain predicting(String method) {
    Chain module = point(1);
    module.predictor(
        switch (method) {
          case "ensemble" -> Predictor.ensemble(List.of(point(2), point(3)));
          case "laplace" -> LastLayerLaplace.fit(module, set());
          case "mc-dropout" -> Predictor.mcDropout();
          default -> Predictor.posterior();
        });
    return module;
  }

  private Path save(BayesModule module) {
    Path file = folder.resolve("module.safetensors");
    module.save(file);
    return file;
  }

  private static Chain load(Path file, ModuleOptions options) {
    return Checkpoint.load(file, Chain.DEFINITION, options, (free, all) -> module(all));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vi", "ensemble", "laplace", "mc-dropout"})
  void aLoadedModulePredictsAsTheSavedOneDid(String method) {
    Chain module = predicting(method);
    SelectiveRisk risk =
        SelectiveRisk.of(List.of(new Answer(1, 1, 0.9), new Answer(1, 0, 1 / 3.0)));
    module.selectiveRisk(risk);
    Path file = save(module);
    assertEquals(method, Checkpoint.read(file).method());
    Chain loaded = load(file, ModuleOptions.defaults().withSeed(1));
    assertEquals(method, loaded.predictor().method());
    Prediction expected = module.predict(examples(), 5);
    Prediction found = loaded.predict(examples(), 5);
    assertEquals(expected.probabilities(), found.probabilities());
    assertEquals(expected.epistemic(), found.epistemic());
    assertEquals(Optional.of(risk), loaded.selectiveRisk());
  }

  @ParameterizedTest
  @CsvSource({"vi, 1", "ensemble, 2", "laplace, 2", "mc-dropout, 2"})
  void aProgramThatKnowsThePosteriorAloneRefusesTheFile(String method, String version) {
    Path file = save(predicting(method));
    assertEquals(version, Safetensors.read(file).metadata().get("posteriori"));
  }

  @Test
  void aTrainingStartsFromTheFirstMember() {
    Path file = save(predicting("ensemble"));
    Chain started = point(9);
    WarmStart.Report report = WarmStart.of(file).apply(started);
    assertEquals(List.of(), report.unused());
    assertEquals(
        point(1).predict(examples(), 1).probabilities(),
        started.predict(examples(), 1).probabilities());
  }

  @Test
  void anEstimatorThatDrawsWeightsDoesNotGoWithLaplace() {
    Path file = save(predicting("laplace"));
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> load(file, ModuleOptions.defaults().withEstimator(Estimator.LRT)));
    assertTrue(refusal.getMessage().contains("POINT"), refusal.getMessage());
  }

  private void assertDamaged(
      String method, UnaryOperator<String> predictor, UnaryOperator<Map<String, Tensor>> tensors) {
    Safetensors whole = Safetensors.read(save(predicting(method)));
    Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
    metadata.computeIfPresent("predictor", (key, text) -> predictor.apply(text));
    Path file = folder.resolve("damaged.safetensors");
    new Safetensors(metadata, tensors.apply(new LinkedHashMap<>(whole.tensors()))).write(file);
    var refusal =
        assertThrows(CheckpointException.class, () -> load(file, ModuleOptions.defaults()));
    assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
  }

  @Test
  void damagedPredictorsAreRefused() {
    UnaryOperator<Map<String, Tensor>> all = tensors -> tensors;
    assertDamaged("mc-dropout", text -> text.replace("mc-dropout", "dropout"), all);
    assertDamaged("mc-dropout", text -> "{}", all);
    assertDamaged("ensemble", text -> text.replace('3', '4'), all);
    assertDamaged("ensemble", text -> text.replace('3', '1'), all);
    assertDamaged("laplace", text -> text.replace("\"examples\":12", "\"examples\":0"), all);
    assertDamaged("laplace", text -> text.replace("priorPrecision\":", "priorPrecision\":-"), all);
    assertDamaged("laplace", text -> text, tensors -> without("last-layer.outputs", tensors));
    assertDamaged("ensemble", text -> text, tensors -> without("member-3.fc2.W_mu", tensors));
  }

  private static Map<String, Tensor> without(String name, Map<String, Tensor> tensors) {
    assertTrue(tensors.containsKey(name), () -> name + " is none of " + tensors.keySet());
    tensors.remove(name);
    return tensors;
  }
}
