package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.SafetensorsBytes;
import io.github.posteriori.checkpoint.TrainingFile;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PrunerTest {
  private static final ModuleOptions OPTIONS = ModuleOptions.defaults().withSeed(3);

  @TempDir private Path folder;

  private final Chain module = Chain.small(OPTIONS, 3);

  private static Chain load(Path file) {
    return Checkpoint.load(file, Chain.DEFINITION, (free, all) -> Chain.small(all, 3));
  }

  private Path saved(BayesModule module, String name) {
    Path file = folder.resolve(name + ".safetensors");
    module.save(file);
    return file;
  }

  private static INDArray images() {
    return Nd4j.linspace(0, 1, 288, DataType.FLOAT).reshape(2, 1, 12, 12);
  }

  private static List<Weight> weights(BayesModule module) {
    return module.network().weights().stream()
        .filter(weight -> !weight.location().name().contains("bias"))
        .toList();
  }

  /** Which of the weights, those of all layers together, are not 0. */
  private static List<Integer> kept(BayesModule module) {
    double[] all =
        weights(module).stream()
            .flatMapToDouble(weight -> Arrays.stream(weight.location().numbers()))
            .toArray();
    return IntStream.range(0, all.length).filter(i -> all[i] != 0).boxed().toList();
  }

  private static double ratio(Weight weight, int i) {
    return Math.abs(weight.location().numbers()[i])
        / weight.posterior().map(q -> q.sigmas()[i]).orElse(1.0);
  }

  private static void spreadDeviations(BayesModule module) {
    for (Posterior posterior : module.network().sampledPosteriors()) {
      float[] rho = NoiseKey.training(5, 6).of(posterior.size()).normal(0, 1, posterior.size());
      for (int i = 0; i < rho.length; i++) {
        rho[i] -= 4;
      }
      posterior.rho().write(rho);
    }
  }

  @Test
  void keepsTheLargestSharesInTheSignalToNoiseOfEachLayer() {
    spreadDeviations(module);
    List<Double> scores = new ArrayList<>();
    for (Weight weight : weights(module)) {
      double[] ratios =
          IntStream.range(0, weight.size()).mapToDouble(i -> ratio(weight, i)).toArray();
      for (double ratio : ratios) {
        double rest = Arrays.stream(ratios).filter(r -> r >= ratio).map(r -> r * r).sum();
        scores.add(ratio * ratio / rest);
      }
    }
    int count = (int) Math.round(0.3 * scores.size());
    double least = scores.stream().sorted().skip(scores.size() - count).findFirst().orElseThrow();
    List<float[]> biases = biases(module);

    assertEquals((double) count / scores.size(), Pruner.of(module).keep(0.3));

    assertEquals(
        IntStream.range(0, scores.size()).filter(i -> scores.get(i) >= least).boxed().toList(),
        kept(module));
    List<float[]> after = biases(module);
    for (int i = 0; i < biases.size(); i++) {
      assertArrayEquals(biases.get(i), after.get(i), 0f, "biases are kept");
    }
  }

  private static List<float[]> biases(BayesModule module) {
    return module.parameters().stream()
        .filter(parameter -> parameter.name().contains("bias"))
        .map(Numbers::of)
        .toList();
  }

  @Test
  void aNetworkThatDoesNotSampleIsPrunedBySize() {
    Chain point = Chain.small(OPTIONS.withEstimator(Estimator.POINT), 3);
    List<double[]> before = weights(point).stream().map(w -> w.location().numbers()).toList();
    Pruner.of(point).keep(0.2);
    for (int w = 0; w < before.size(); w++) {
      double[] now = weights(point).get(w).location().numbers();
      double[] then = before.get(w);
      double smallestKept = largest(then, i -> now[i] != 0 ? -Math.abs(then[i]) : -1e9);
      double largestPruned = largest(then, i -> now[i] == 0 ? Math.abs(then[i]) : 0);
      assertTrue(-smallestKept >= largestPruned, -smallestKept + " and " + largestPruned);
    }
  }

  private static double largest(double[] values, IntToDoubleFunction of) {
    return IntStream.range(0, values.length).mapToDouble(of).max().orElseThrow();
  }

  @Test
  void ofANetworkThatSamplesSomeLayersTheOthersAreWhole() {
    Chain mixed =
        Chain.of(
            OPTIONS,
            build -> {
              NetworkLayer first = build.linear("first", Shape.features(6), 5, true);
              NetworkLayer act = build.activation("act", first.output(), Activation.RELU);
              NetworkLayer second = build.bayesLinear("second", act.output(), 4, true);
              return List.of(new NetworkLayer[] {first, act}, new NetworkLayer[] {second});
            });
    assertEquals(0.5, Pruner.of(mixed).keep(0.5));
    assertTrue(weights(mixed).get(0).mask().isEmpty());
    assertEquals(10, weights(mixed).get(1).mask().orElseThrow().kept());
  }

  @Test
  void keepsLessAndThenMoreAgainUpToWhatItFound() {
    Pruner pruner = Pruner.of(module);
    pruner.keep(0.5);
    List<Parameter> parameters = module.parameters();
    List<float[]> half = parameters.stream().map(Numbers::of).toList();
    pruner.keep(0.1);
    pruner.keep(0.5);
    for (int p = 0; p < half.size(); p++) {
      assertArrayEquals(half.get(p), Numbers.of(parameters.get(p)), parameters.get(p).name());
    }
    assertEquals(0.5, Pruner.of(module).keep(0.9), 1e-3, "what is pruned is gone for another");
    pruner.keep(1);
    assertTrue(weights(module).stream().allMatch(weight -> weight.mask().isEmpty()));
  }

  @Test
  void findsTheSmallestShareWithinATolerance() {
    Pruner pruner = Pruner.of(module);
    // Loses a hundredth where a tenth of the weights is left, and more below that.
    double found = pruner.keepWithin(0.01, () -> 1 - 0.001 / pruner.kept());
    assertEquals(0.001 / 0.011, found, 0.01 * found + 1e-3);
    assertEquals(found, pruner.kept());
    assertEquals(1, pruner.keepWithin(0, pruner::kept));
    assertTrue(pruner.keepWithin(0, () -> 1) < 0.002);
  }

  @Test
  void forgetsWhatWasMeasured() {
    module.selectiveRisk(SelectiveRisk.of(List.of(new Answer(1, 1, 0.9))));
    Pruner.of(module).keep(0.5);
    assertEquals(Optional.empty(), module.selectiveRisk());
  }

  @Test
  void allMembersOfAnEnsembleArePruned() {
    ModuleOptions point = OPTIONS.withEstimator(Estimator.POINT);
    Chain first = Chain.small(point, 3);
    Chain second = Chain.small(point.withSeed(4), 3);
    first.predictor(Predictor.ensemble(List.of(second)));
    Pruner.of(first).keep(0.25);
    assertFalse(kept(first).equals(kept(second)));
    assertEquals(kept(first).size(), kept(second).size());
    Chain loaded = load(saved(first, "ensemble"));
    assertEquals(
        first.predict(images(), 1).probabilities(), loaded.predict(images(), 1).probabilities());
    DeepEnsemble members = (DeepEnsemble) loaded.predictor();
    assertEquals(0.25, Pruner.of(members.others().get(0)).kept(), 1e-2);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void aCheckpointKeepsPredictionsAndMasksInABitOfThePlace(Estimator estimator) throws IOException {
    Chain wide = wide(OPTIONS.withEstimator(estimator));
    long whole = Files.size(saved(wide, "whole"));
    Pruner.of(wide).keep(0.05);
    Path file = saved(wide, "pruned");
    Chain loaded = Checkpoint.load(file, Chain.DEFINITION, (free, all) -> wide(all));
    INDArray features = Nd4j.linspace(0, 1, 256, DataType.FLOAT).reshape(2, 128);
    assertEquals(wide.forward(features).logits(), loaded.forward(features).logits());
    assertEquals(wide.kl(), loaded.kl());
    assertEquals(
        weights(wide).get(0).mask(), weights(loaded).get(0).mask(), "the mask is the same");
    // Of mean and rho, 64 bits: a twentieth of them, and one for the mask.
    assertEquals((0.05 + 1 / 64.0) * whole, Files.size(file), 1000, "but for the header");
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(saved(loaded, "again")));
  }

  private static Chain wide(ModuleOptions options) {
    return Chain.of(
        options,
        build ->
            List.<NetworkLayer[]>of(
                new NetworkLayer[] {build.bayesLinear("fc", Shape.features(128), 500, false)}));
  }

  /** A reader that knows nothing of this library: the one that the documentation shows. */
  @Test
  void anyReaderOfSafetensorsCanPutThemTogether() throws IOException {
    Pruner.of(module).keep(0.4);
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(saved(module, "pruned"))).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    JsonNode header =
        new ObjectMapper().readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
    JsonNode pruned =
        new ObjectMapper().readTree(header.get("__metadata__").get("posteriori.pruned").asText());
    assertEquals(4, pruned.size());
    for (Weight weight : weights(module)) {
      for (Parameter parameter : weight.parameters()) {
        JsonNode how = pruned.get(parameter.name());
        int size = 1;
        for (JsonNode dimension : how.get("shape")) {
          size *= dimension.asInt();
        }
        assertEquals("F32", header.get(parameter.name()).get("dtype").asText());
        assertEquals("U8", header.get(how.get("mask").asText()).get("dtype").asText());
        int values = 8 + length + begin(header, parameter.name());
        int mask = 8 + length + begin(header, how.get("mask").asText());
        float[] full = new float[size];
        for (int i = 0; i < size; i++) {
          boolean kept = (bytes.get(mask + i / 8) >> i % 8 & 1) == 1;
          full[i] = kept ? bytes.getFloat(values) : (float) how.get("value").asDouble();
          values += kept ? 4 : 0;
        }
        assertArrayEquals(Numbers.of(parameter), full, parameter.name());
        assertEquals(0, Math.log1p(Math.exp(pruned.get("fc1.W_rho").get("value").asDouble())));
      }
    }
  }

  private static int begin(JsonNode header, String tensor) {
    return header.get(tensor).get("data_offsets").get(0).asInt();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"fc.W_mu\":{\"shape\":[9],\"mask\":\"m\",\"value\":0}}', lacks",
    "'{\"a\":{\"shape\":[9],\"mask\":\"none\",\"value\":0}}', lacks",
    "'{\"a\":null}', lacks",
    "'{\"a\":{\"shape\":[17],\"mask\":\"m\",\"value\":0}}', expected 3 for 17 weights",
    "'{\"a\":{\"shape\":[10],\"mask\":\"m\",\"value\":0}}', has 2 values",
    "'{\"a\":{\"shape\":[9],\"mask\":\"m\",\"value\":0}}', keeps weight 15 of 9",
    "'{\"a\":{\"shape\":[65536,65536],\"mask\":\"m\",\"value\":0}}', larger than its file",
    "'{\"a\":{\"shape\":[-3,-3],\"mask\":\"m\",\"value\":0}}', larger than its file",
    "'{\"a\":7}', not readable"
  })
  void damagedMasksAreRefused(String description, String why) throws IOException {
    byte[] mask = why.contains("15") ? new byte[] {1, (byte) 0x80} : new byte[] {7, 0};
    Path file = folder.resolve("damaged.safetensors");
    new SafetensorsBytes()
        .metadata(Map.of("posteriori.pruned", description))
        .tensor("a", "F32", new long[] {2}, new byte[8])
        .tensor("m", "U8", new long[] {2}, mask)
        .write(file);
    String message =
        assertThrows(CheckpointException.class, () -> Checkpoint.isOne(file)).getMessage();
    assertTrue(message.contains(why), message);
  }

  @Test
  void aMaskThatIsNotTheWeightsIsRefused() {
    Parameter mu = weights(module).get(0).location();
    BitSet none = new BitSet();
    mu.prune(Mask.of(none, mu.size()), 0);
    Path file = saved(module, "half");
    assertTrue(
        assertThrows(CheckpointException.class, () -> load(file))
            .getMessage()
            .contains("conv1.W_mu is pruned unlike its rho"));
  }

  @Test
  void anUnprunedCheckpointIsWhatItWas() {
    String header = new String(bytes(module), StandardCharsets.ISO_8859_1);
    assertFalse(header.contains("pruned"), header);
    assertTrue(header.contains("\"posteriori\":\"1\""));
  }

  private byte[] bytes(BayesModule module) {
    try {
      return Files.readAllBytes(saved(module, "bytes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "ivon"})
  void aTrainingOfWhatIsLeftGoesOnBitForBit(String rule) {
    Optimiser optimiser = rule.equals("adam") ? Optimiser.adam() : Optimiser.ivon();
    TrainingOptions options =
        TrainingOptions.defaults().withEpochs(2).withBatch(16).withOptimiser(optimiser);
    Dataset train = stripes(48);
    Pruner.of(module).keep(0.2);
    List<Integer> kept = kept(module);
    Path start = saved(module, "start");

    Chain whole = load(start);
    Trainer trainer = Trainer.of(whole, options);
    trainer.listen(
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            if (report.epoch() == 1) {
              whole.save(folder.resolve("half.safetensors"));
              TrainingFile.write(trainer.state(), folder.resolve("state.safetensors"));
            }
          }
        });
    trainer.fit(train);
    assertEquals(kept, kept(whole), "what is left learns, and what is pruned stays so");
    TrainingState state = TrainingFile.read(folder.resolve("state.safetensors"));
    Chain resumed = load(folder.resolve("half.safetensors"));
    Trainer.of(resumed, options).resume(state).fit(train);
    assertArrayEquals(bytes(whole), bytes(resumed));
  }

  private static Dataset stripes(int count) {
    float[][] images = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      images[i] = NoiseKey.training(3, 1).of(1).uniform(i, 1, 144);
      labels[i] = i % 3;
    }
    return Dataset.of("stripes", Shape.image(1, 12, 12), 3, images, labels);
  }

  @Test
  void aWarmStartFromAPrunedNetworkKeepsItsMasks() {
    Pruner.of(module).keep(0.2);
    Chain next = Chain.small(OPTIONS.withSeed(9), 3);
    WarmStart.of(saved(module, "pruned")).apply(next);
    assertEquals(kept(module), kept(next));
    assertEquals(module.kl(), next.kl());
    WarmStart.of(saved(Chain.small(OPTIONS, 3), "whole")).apply(next);
    assertTrue(weights(next).stream().allMatch(weight -> weight.mask().isEmpty()));
  }

  @Test
  void predictionsWithoutSamplingKnowNoNoiseOfPrunedWeights() {
    Pruner.of(module).keep(0.01);
    Prediction samples = module.predict(images(), 2000);
    Prediction moments = module.predictMoments(images());
    for (int k = 0; k < 3; k++) {
      assertEquals(
          samples.probabilities().getDouble(0, k), moments.probabilities().getDouble(0, k), 0.02);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
  void sharesOutOfRangeAreRefused(double share) {
    assertEquals(
        "keep is " + share + ", expected a share of the weights, above 0 and at most 1",
        assertThrows(IllegalArgumentException.class, () -> Pruner.of(module).keep(share))
            .getMessage());
  }
}
