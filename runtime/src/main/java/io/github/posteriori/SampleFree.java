package io.github.posteriori;

import io.github.posteriori.calibration.Temperature;
import io.github.posteriori.moments.LatinHypercube;
import io.github.posteriori.moments.MomentsRunner;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.GaussianLogits;
import io.github.posteriori.uncertainty.Normalisation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Predicts with one module by moments: one pass through its network, whatever it would sample. */
final class SampleFree {
  private final BayesModule module;
  private final MomentsRunner runner;
  private final float[][] draws;

  /**
   * Opens a module.
   *
   * @throws IllegalStateException when its network ends in an image, which has no classes
   */
  SampleFree(BayesModule module) {
    this.module = module;
    this.draws = LatinHypercube.ofLogits(module.classes());
    this.runner = new MomentsRunner(module.network(), module.engine());
  }

  /** Predicts a batch under one normalisation. */
  Prediction prediction(float[] images, int count, Normalisation normalisation) {
    GaussianLogits logits = new GaussianLogits(count, normalisation, draws);
    run(images, count, List.of(logits));
    return Prediction.of(logits);
  }

  /** Returns the probabilities of a batch by softmax, {@code [count, classes]}. */
  double[] probabilities(float[] images, int count) {
    return prediction(images, count, Normalisation.SOFTMAX).probabilities().data().asDouble();
  }

  /** Predicts a batch under each normalisation, from the same moments. */
  Map<Normalisation, Prediction> predictions(float[] images, int count) {
    Map<Normalisation, GaussianLogits> logits =
        Normalisation.each(normalisation -> new GaussianLogits(count, normalisation, draws));
    run(images, count, List.copyOf(logits.values()));
    return Normalisation.each(normalisation -> Prediction.of(logits.get(normalisation)));
  }

  private void run(float[] images, int count, List<GaussianLogits> predictions) {
    module.requireFiniteWeights();
    float[] inputs = module.standardised(images);
    Optional<Temperature> temperature = module.learnt().temperature();
    runner.forward(
        inputs,
        count,
        (first, means, variances) -> {
          requireFinite(inputs, first, means, variances);
          float[] m = temperature.map(by -> by.apply(means)).orElse(means);
          // A number divided by T has a variance divided by its square.
          float[] v = temperature.map(by -> by.apply(by.apply(variances))).orElse(variances);
          predictions.forEach(prediction -> prediction.set(first, m, v));
        });
  }

  private void requireFinite(float[] inputs, int first, float[] means, float[] variances) {
    int size = module.inputShape().size();
    int images = means.length / module.outputShape().size();
    float[] own = Arrays.copyOfRange(inputs, first * size, (first + images) * size);
    NoiseKey place = NoiseKey.evaluation(module.options().seed(), 0).withFirstImage(first);
    FiniteLogits.require(module, own, place, means);
    FiniteLogits.require(module, own, place, variances);
  }
}
