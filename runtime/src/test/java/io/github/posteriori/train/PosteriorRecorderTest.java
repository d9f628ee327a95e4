package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.Priors;
import io.github.posteriori.Residual;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PosteriorRecorderTest {
  private static final ModuleOptions OPTIONS =
      ModuleOptions.defaults().withPriors(Priors.defaults().withMu(0.02).withSigma(0.3));

  private static Chain module(ModuleOptions options) {
    return Chain.small(options, 3);
  }

  @Test
  void recordsTheStartAndEveryEpochOfTheChosenLayers() {
    Chain module = module(OPTIONS);
    PosteriorRecorder recorder = PosteriorRecorder.of(module.network(), List.of("fc1"));
    Dataset noise = Dataset.of("noise", Shape.image(1, 12, 12), 3, new float[8][144], new int[8]);
    Trainer.of(module, TrainingOptions.defaults().withEpochs(2)).listen(recorder).fit(noise);

    List<PosteriorSummary> found = recorder.summaries();
    assertEquals(List.of(0, 0, 1, 1, 2, 2), found.stream().map(PosteriorSummary::epoch).toList());
    assertEquals(
        List.of("W", "bias", "W", "bias", "W", "bias"),
        found.stream().map(PosteriorSummary::tensor).toList());
    assertTrue(found.stream().allMatch(summary -> summary.layer().equals("fc1")));
    assertEquals(100 * 3, found.get(0).weights());
    assertTrue(found.get(0).mu().mean() != found.get(2).mu().mean(), "the means move");
    assertEquals(
        found.get(0).singles().stream().map(PosteriorSummary.Single::index).toList(),
        found.get(4).singles().stream().map(PosteriorSummary.Single::index).toList());
  }

  @Test
  void summarisesMeansDeviationsAndTheirRatio() {
    Chain module = module(OPTIONS);
    Parameter mu = module.parameters().get(0); // 4 filters of 3 x 3
    Parameter rho = module.parameters().get(1);
    for (int i = 0; i < 36; i++) {
      Numbers.set(mu, i, i - 10);
      Numbers.set(rho, i, 0);
    }
    PosteriorRecorder recorder = PosteriorRecorder.of(module.network(), List.of("conv1"));
    recorder.epochStarted(1, 1);
    PosteriorSummary summary = recorder.summaries().get(0);
    double sigma = Math.log(2);
    assertEquals(7.5, summary.mu().mean(), 1e-6);
    assertEquals(Math.sqrt((36 * 36 - 1) / 12.0), summary.mu().std(), 1e-6);
    assertEquals(-10, summary.mu().percentile(0), 1e-6);
    assertEquals(-10 + 0.25 * 35, summary.mu().percentile(25), 1e-6);
    assertEquals(25, summary.mu().percentile(100), 1e-6);
    assertEquals(sigma, summary.sigma().mean(), 1e-6);
    assertEquals(0, summary.sigma().std(), 1e-6);
    assertEquals(0, summary.signalToNoise().percentile(0), 1e-6);
    assertEquals(25 / sigma, summary.signalToNoise().percentile(100), 1e-5);
    assertEquals(0.3, summary.prior().sigma());
    assertEquals(16, summary.singles().size());
    PosteriorSummary.Single single = summary.singles().get(3);
    assertEquals(single.index() - 10, single.mu(), 1e-6);
    assertEquals(sigma, single.sigma(), 1e-6);
  }

  @Test
  void sharesTheKlDivergenceOutAmongTensors() {
    Residual module = Residual.create(OPTIONS);
    PosteriorRecorder recorder =
        PosteriorRecorder.of(module.network(), List.of("pair", "conv1", "last", "fc1"));
    recorder.epochStarted(1, 1);
    double sum = recorder.summaries().stream().mapToDouble(PosteriorSummary::kl).sum();
    assertEquals(module.kl(), sum, 1e-5 * sum);
  }

  @Test
  void takesABlockForAllLayersInIt() {
    PosteriorRecorder recorder =
        PosteriorRecorder.of(
            Residual.create(OPTIONS).network(), List.of("pair.first", "pair", "conv1"));
    recorder.epochStarted(1, 1);
    List<String> layers =
        recorder.summaries().stream().map(PosteriorSummary::layer).distinct().toList();
    assertEquals(List.of("pair.first.conv", "pair.second.conv", "conv1"), layers);
  }

  @Test
  void refusesLayersThatSampleNothing() {
    assertRefused("conv2", OPTIONS, "one of [conv1, fc1]: did you mean conv1?");
    assertRefused("pool1", OPTIONS, "one of [conv1, fc1]");
    assertRefused("", OPTIONS, "one of [conv1, fc1]");
    assertRefused("conv1", OPTIONS.withEstimator(Estimator.POINT), "train a Bayesian one");
  }

  private static void assertRefused(String name, ModuleOptions options, String remedy) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> PosteriorRecorder.of(module(options).network(), List.of("fc1", name)));
    if (options == OPTIONS) {
      assertTrue(refusal.getMessage().contains("'" + name + "'"), refusal.getMessage());
    }
    assertTrue(refusal.getMessage().contains(remedy), refusal.getMessage());
  }
}
