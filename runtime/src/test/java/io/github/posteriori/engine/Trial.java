package io.github.posteriori.engine;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.engine.nd4j.Definition;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A drawn network with weights, a batch and a loss, on which engines are tried. */
final class Trial {
  private static final double BETA = 0.7;
  private static final NoiseKey EVALUATION = NoiseKey.evaluation(3, 2).withFirstImage(11);

  /** More samples than a prediction draws at once. */
  private static final int SAMPLES = 9;

  private static final int[] COMPARED_SAMPLES = {0, SAMPLES - 1};

  private static final String ALONE = "logits of one sample";

  /** The streams of random numbers that a trial needs. */
  private enum Stream {
    IMAGES,
    LOSS,
    WEIGHTS,
    ROUNDING
  }

  private final DrawnNetwork network;
  private final float[] images;

  Trial(DrawnNetwork network) {
    this.network = network;
    this.images = images();
  }

  /** Images of noise; those of every fourth network are partly black, as photographs often are. */
  private float[] images() {
    int size = network.input().size();
    float[] pixels = random(Stream.IMAGES, 0, network.images() * size);
    for (int i = 0; network.seed() % 4 == 1 && i < network.images(); i++) {
      Arrays.fill(pixels, i * size, i * size + i * 7 % size, 0);
    }
    return pixels;
  }

  private float[] random(Stream stream, int index, int count) {
    return NoiseKey.training(network.seed(), stream.ordinal()).of(index).normal(0, 1, count);
  }

  /** Runs the definition in double precision. */
  Results define() {
    BayesModule module = module("nd4j");
    Definition definition = new Definition(module.network());
    Results results = new Results();
    for (int s : COMPARED_SAMPLES) {
      NoiseKey noise = EVALUATION.plusSamples(s);
      double[] logits = definition.forward(images, network.images(), noise);
      results.add(logitsOf(s), logits);
      if (s == 0) {
        results.add(ALONE, logits);
      }
    }
    WeightedSum loss = new WeightedSum(module.outputShape().size());
    Definition.Result training = definition.gradients(request(images, loss), (layer, y) -> {});
    results.add("KL", new double[] {training.kl()});
    results.add("objective", new double[] {training.objective()}, loss.size());
    results.addGradients(training.gradients());
    results.addStatistics(training.statistics());
    return results;
  }

  /** Runs an engine. */
  Results run(String engine) {
    return run(module(engine), images);
  }

  /**
   * Runs the nd4j engine in floats, with weights and images that differ by some roundings.
   *
   * @param roundings the standard deviation of the differences, in units of the rounding of a float
   */
  Results runRounded(int index, double roundings) {
    BayesModule module = module("nd4j");
    int stream = index << 16;
    for (Parameter parameter : module.parameters()) {
      parameter.write(rounded(Numbers.of(parameter), stream++, roundings));
    }
    return run(module, rounded(images, stream, roundings));
  }

  private float[] rounded(float[] numbers, int stream, double roundings) {
    float[] random = random(Stream.ROUNDING, stream, numbers.length);
    float[] rounded = new float[numbers.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) (numbers[i] * (1 + 0x1p-24 * roundings * random[i]));
    }
    return rounded;
  }

  private Results run(BayesModule module, float[] images) {
    Results results = new Results();
    List<float[]> samples = new ArrayList<>();
    module.runner().forward(images, network.images(), EVALUATION, SAMPLES, samples::add);
    for (int s : COMPARED_SAMPLES) {
      results.add(logitsOf(s), samples.get(s));
    }
    results.add(ALONE, module.runner().forward(images, network.images(), EVALUATION));
    WeightedSum loss = new WeightedSum(module.outputShape().size());
    Losses losses = module.runner().gradients(request(images, loss));
    results.add("KL", new double[] {losses.kl()});
    results.add("objective", new double[] {losses.objective()});
    Map<String, double[]> gradients = new LinkedHashMap<>();
    Map<String, double[]> statistics = new LinkedHashMap<>();
    for (Parameter parameter : module.parameters()) {
      if (parameter.trained()) {
        gradients.put(parameter.name(), Results.doubles(Numbers.gradients(parameter)));
      } else {
        statistics.put(parameter.name(), parameter.numbers());
      }
    }
    results.addGradients(gradients);
    results.addStatistics(statistics);
    return results;
  }

  private static String logitsOf(int sample) {
    return "logits of sample " + sample;
  }

  private BayesModule module(String engine) {
    ModuleOptions options = ModuleOptions.defaults().withSeed(network.seed()).withEngine(engine);
    BayesModule module = network.module(options);
    if (network.seed() % 2 == 0) {
      moveFromTheStart(module);
    }
    return module;
  }

  /** Changes what starts at the same number for each channel: biases, scales, statistics. */
  private void moveFromTheStart(BayesModule module) {
    int stream = 0;
    for (Parameter parameter : module.parameters()) {
      float[] random = random(Stream.WEIGHTS, stream++, parameter.size());
      boolean multiplies = parameter.name().endsWith("running_var");
      if (parameter.shape().length == 1 && !parameter.name().endsWith("rho")) {
        float[] values = Numbers.of(parameter);
        for (int i = 0; i < values.length; i++) {
          values[i] = multiplies ? (float) Math.exp(0.5 * random[i]) : values[i] + 0.3f * random[i];
        }
        parameter.write(values);
      }
    }
  }

  private StepRequest request(float[] images, Objective loss) {
    NoiseKey noise = NoiseKey.training(network.seed(), 17);
    return new StepRequest(images, network.images(), noise, network.samples(), BETA, loss);
  }

  /** A sum of all logits, each times a fixed number. */
  private final class WeightedSum implements Objective {
    private final int classes;
    private final float[] weights;
    private double squares;

    WeightedSum(int classes) {
      this.classes = classes;
      this.weights = random(Stream.LOSS, 0, network.images() * classes);
    }

    @Override
    public synchronized double evaluate(
        int first, int count, float[][] logits, float[][] gradients) {
      double sum = 0;
      for (int s = 0; s < logits.length; s++) {
        for (int i = 0; i < count * classes; i++) {
          gradients[s][i] = weights[first * classes + i] * (s + 1);
          double term = (double) gradients[s][i] * logits[s][i];
          sum += term;
          squares += term * term;
        }
      }
      return sum;
    }

    /** The size of the terms. */
    double size() {
      return Math.sqrt(squares);
    }
  }
}
