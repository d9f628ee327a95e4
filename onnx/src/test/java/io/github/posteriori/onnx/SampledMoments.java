package io.github.posteriori.onnx;

import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.Normalisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * What a module predicts, sample by sample, so that standard errors are known. Of each moment one
 * number counts, a sum over all images and classes with random weights: what many numbers that
 * depend on each other would say is hard to judge.
 *
 * @param samples the probabilities of each sample, {@code [count, classes]} row-major
 */
record SampledMoments(List<double[]> samples) {
  /** How far floats may be off where nothing is sampled. */
  private static final double ROUNDING = 1e-6;

  /** How far a moment of a model is from the module's, in standard errors; 0 if by rounding. */
  record Deviation(String moment, double standardErrors) {}

  static SampledMoments of(TriedModule tried, int count) {
    List<double[]> samples = new ArrayList<>();
    int classes = tried.module().outputShape().size();
    tried
        .module()
        .runner()
        .forward(
            tried.batch(),
            tried.count(),
            NoiseKey.evaluation(tried.module().options().seed(), 0),
            count,
            logits -> samples.add(Normalisation.SOFTMAX.probabilities(logits, classes)));
    return new SampledMoments(samples);
  }

  /** Compares the outputs of a model with as many samples. */
  List<Deviation> deviations(Map<String, float[]> outputs) {
    double[] mean = new double[samples.get(0).length];
    for (double[] p : samples) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += p[i] / samples.size();
      }
    }
    return List.of(
        deviation("probabilities", outputs, mean, (p, m) -> p),
        deviation("epistemic", outputs, mean, (p, m) -> (p - m) * (p - m)),
        deviation("aleatoric", outputs, mean, (p, m) -> p * (1 - p)));
  }

  private Deviation deviation(
      String moment, Map<String, float[]> outputs, double[] mean, DoubleBinaryOperator term) {
    float[] weights = NoiseKey.training(2, 0).of(moment.length()).normal(0, 1, mean.length);
    double found = 0;
    for (int i = 0; i < mean.length; i++) {
      found += weights[i] * outputs.get(moment)[i];
    }
    double sum = 0;
    double squares = 0;
    for (double[] p : samples) {
      double number = 0;
      for (int i = 0; i < mean.length; i++) {
        number += weights[i] * term.applyAsDouble(p[i], mean[i]);
      }
      sum += number;
      squares += number * number;
    }
    double expected = sum / samples.size();
    double variance = Math.max(0, squares / samples.size() - expected * expected);
    // Both are estimates, of as many samples.
    double standardError = Math.sqrt(2 * variance / samples.size());
    double distance = found - expected;
    return new Deviation(moment, Math.abs(distance) <= ROUNDING ? 0 : distance / standardError);
  }
}
