package io.github.posteriori;

import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.PredictiveMoments;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs forward passes of many posterior samples, one after the other, as the module's {@link
 * Predictor} draws them. Each pass is an independent draw: of the weights with Bayes by Backprop,
 * of every output with local reparametrisation.
 *
 * @param module the module to sample
 * @param samples T, the number of samples, at least 1
 */
record PosteriorPasses(BayesModule module, int samples) {
  PosteriorPasses {
    Evaluator.requireSamples(samples);
  }

  /** The number of draws that {@link #run} hands over: T, or of an ensemble more. */
  int draws() {
    return module.predictor().draws(module, samples);
  }

  /**
   * Runs a batch T times with the module's own weights, whatever the logits are.
   *
   * @param images {@code [count, input]}, row-major
   * @param first position of the first image in its set
   * @param logits receives the logits of each sample in turn, {@code [count, classes]} row-major
   */
  void forward(float[] images, int count, int first, Consumer<float[]> logits) {
    module.runner().forward(module.standardised(images), count, noise(first), samples, logits);
  }

  /**
   * Draws the logits of a batch, {@link #draws} times, divided by the temperature that the module
   * is calibrated with.
   *
   * @throws IllegalArgumentException when a logit is NaN or infinite
   * @throws IllegalStateException when a weight is
   */
  void run(float[] images, int count, int first, Consumer<float[]> logits) {
    run(images, count, noise(first), logits);
  }

  private void run(float[] images, int count, NoiseKey noise, Consumer<float[]> logits) {
    Consumer<float[]> tempered =
        module
            .learnt()
            .temperature()
            .<Consumer<float[]>>map(by -> draw -> logits.accept(by.apply(draw)))
            .orElse(logits);
    module.predictor().draw(module, images, count, noise, samples, tempered);
  }

  private NoiseKey noise(int first) {
    return NoiseKey.evaluation(module.options().seed(), 0).withFirstImage(first);
  }

  /** Draws the logits of a batch as {@link #run} does, each image as if it were alone. */
  void alone(float[] images, int count, Consumer<float[]> logits) {
    run(images, count, noise(0).alone(), logits);
  }

  /** Keeps the probabilities of each pass, each image run as if it were alone. */
  List<PredictiveSamples> each(float[] images, int count) {
    int classes = module.classes();
    double[][][] probabilities = new double[count][draws()][];
    AtomicInteger sample = new AtomicInteger();
    alone(
        images,
        count,
        logits -> {
          double[] all = Normalisation.SOFTMAX.probabilities(logits, classes);
          int s = sample.getAndIncrement();
          for (int i = 0; i < count; i++) {
            probabilities[i][s] = Arrays.copyOfRange(all, i * classes, (i + 1) * classes);
          }
        });
    return Arrays.stream(probabilities).map(PredictiveSamples::new).toList();
  }

  /**
   * The numbers predicted for a batch.
   *
   * @param outputs of each pass, {@code [count, outputs]} row-major
   */
  record Values(ValuePrediction prediction, float[][] outputs) {}

  /** Predicts the numbers of a batch from T passes. */
  Values values(float[] images, int count, int first) {
    List<float[]> outputs = new ArrayList<>();
    run(images, count, first, outputs::add);
    return values(outputs, count);
  }

  /** Predicts the numbers of a batch from T passes, each example as if it were alone. */
  ValuePrediction valuesAlone(float[] images, int count) {
    List<float[]> outputs = new ArrayList<>();
    alone(images, count, outputs::add);
    return values(outputs, count).prediction();
  }

  private Values values(List<float[]> outputs, int count) {
    float[][] all = outputs.toArray(float[][]::new);
    int width = module.classes();
    List<String> names = module.likelihood().targetNames();
    List<List<ValueDistribution>> distributions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int row = i * width;
      distributions.add(
          IntStream.range(0, names.size())
              .mapToObj(k -> module.likelihood().distribution(all, row, k, width))
              .toList());
    }
    return new Values(new ValuePrediction(names, distributions, all.length), all);
  }

  /** Predicts a batch from T passes. */
  Prediction prediction(float[] images, int count, Normalisation normalisation) {
    int classes = module.classes();
    PredictiveMoments moments = new PredictiveMoments(count, classes);
    run(images, count, 0, logits -> moments.add(normalisation.probabilities(logits, classes)));
    return Prediction.of(moments);
  }

  /** Predicts a batch from T passes, under each normalisation from the same draws. */
  Map<Normalisation, Prediction> predictions(float[] images, int count, int first) {
    int classes = module.classes();
    Map<Normalisation, PredictiveMoments> moments =
        Normalisation.each(normalisation -> new PredictiveMoments(count, classes));
    run(
        images,
        count,
        first,
        logits ->
            moments.forEach(
                (normalisation, moment) ->
                    moment.add(normalisation.probabilities(logits, classes))));
    return Normalisation.each(normalisation -> Prediction.of(moments.get(normalisation)));
  }
}
