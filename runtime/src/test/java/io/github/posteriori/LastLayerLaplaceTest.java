package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.laplace.KroneckerPosterior;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.inverse.InvertMatrix;

class LastLayerLaplaceTest {
  private static final int FEATURES = 3;
  private static final int CLASSES = 3;
  private static final int WEIGHTS = CLASSES * (FEATURES + 1);
  private static final double[] QUERY = {1.5, -0.5, 2};

  /** Softmax regression: one linear layer, in the order weights, biases. */
  private static Chain regression(double[] weights) {
    Chain module =
        Chain.of(
            ModuleOptions.defaults().withSeed(4).withEstimator(Estimator.POINT),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {
                      build.linear("fc", Shape.features(FEATURES), CLASSES, true)
                    }));
    int at = 0;
    for (Parameter parameter : module.parameters()) {
      float[] values = new float[parameter.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) weights[at++];
      }
      parameter.write(values);
    }
    return module;
  }

  private static float[][] examples(int count) {
    Random random = new Random(2);
    float[][] examples = new float[count][FEATURES];
    for (float[] example : examples) {
      for (int i = 0; i < FEATURES; i++) {
        example[i] = (float) (random.nextGaussian() * (i + 1));
      }
    }
    return examples;
  }

  private static Dataset set(float[][] examples) {
    return Dataset.of(
        "drawn", Shape.features(FEATURES), CLASSES, examples, new int[examples.length]);
  }

  private static double[] probabilities(double[] weights, double[] x) {
    double[] p = new double[CLASSES];
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      double logit = weights[CLASSES * FEATURES + k];
      for (int j = 0; j < FEATURES; j++) {
        logit += weights[k * FEATURES + j] * x[j];
      }
      p[k] = Math.exp(logit);
      sum += p[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      p[k] /= sum;
    }
    return p;
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    Arrays.setAll(y, i -> x[i]);
    return y;
  }

  /** The Hessian of the negative log-likelihood by finite differences of its value. */
  private static double[][] hessian(double[] weights, float[][] examples) {
    ToDoubleFunction<double[]> loss =
        w ->
            Arrays.stream(examples)
                .mapToDouble(x -> -Math.log(probabilities(w, doubles(x))[0]))
                .sum();
    double step = 1e-3;
    double[][] hessian = new double[WEIGHTS][WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      for (int j = 0; j < WEIGHTS; j++) {
        double sum = 0;
        for (int a : new int[] {-1, 1}) {
          for (int b : new int[] {-1, 1}) {
            double[] moved = weights.clone();
            moved[i] += a * step;
            moved[j] += b * step;
            sum += a * b * loss.applyAsDouble(moved);
          }
        }
        hessian[i][j] = sum / (4 * step * step);
      }
    }
    return hessian;
  }

  /** J (H + delta I)^-1 J', the covariance of the logits of {@link #QUERY}. */
  private static INDArray covariance(double[][] hessian, double delta) {
    INDArray precision = Nd4j.create(hessian).add(Nd4j.eye(WEIGHTS).mul(delta));
    double[][] jacobian = new double[CLASSES][WEIGHTS];
    for (int k = 0; k < CLASSES; k++) {
      System.arraycopy(QUERY, 0, jacobian[k], k * FEATURES, FEATURES);
      jacobian[k][CLASSES * FEATURES + k] = 1;
    }
    INDArray j = Nd4j.create(jacobian);
    return j.mmul(InvertMatrix.invert(precision, false)).mmul(j.transpose());
  }

  /** The covariance of the logits that a posterior states, column by column of its root. */
  private static INDArray covariance(KroneckerPosterior posterior) {
    double[] h = {QUERY[0], QUERY[1], QUERY[2], 1};
    double[] deviations = posterior.deviations(h);
    double[][] root = new double[CLASSES][CLASSES];
    for (int j = 0; j < CLASSES; j++) {
      float[] unit = new float[CLASSES];
      unit[j] = 1;
      for (int k = 0; k < CLASSES; k++) {
        root[k][j] = posterior.offset(k, deviations, unit);
      }
    }
    INDArray r = Nd4j.create(root);
    return r.mmul(r.transpose());
  }

  private static void assertClose(INDArray expected, INDArray found, double tolerance) {
    double size = expected.norm2Number().doubleValue();
    assertTrue(
        expected.sub(found).norm2Number().doubleValue() < tolerance * size,
        "expected " + expected + " but was " + found);
  }

  /** Weights of 0 give all examples the same probabilities, those of the biases. */
  private static double[] biasesAlone() {
    double[] weights = new double[WEIGHTS];
    weights[CLASSES * FEATURES] = 0.7;
    weights[CLASSES * FEATURES + 1] = -0.4;
    return weights;
  }

  private static double[] anyWeights() {
    return new Random(8).doubles(WEIGHTS, -0.8, 0.8).toArray();
  }

  @Test
  void covarianceIsThatOfTheInverseHessianWhereProbabilitiesAreTheSame() {
    float[][] examples = examples(20);
    LastLayerLaplace laplace = LastLayerLaplace.fit(regression(biasesAlone()), set(examples));
    double delta = laplace.lastLayer().priorPrecision();
    INDArray exact = covariance(hessian(biasesAlone(), examples), delta);
    assertClose(exact, covariance(laplace.lastLayer()), 1e-4);
  }

  @Test
  void covarianceIsThatOfTheInverseHessianForOneExample() {
    float[][] examples = examples(1);
    LastLayerLaplace laplace = LastLayerLaplace.fit(regression(anyWeights()), set(examples));
    double delta = laplace.lastLayer().priorPrecision();
    INDArray exact = covariance(hessian(anyWeights(), examples), delta);
    assertClose(exact, covariance(laplace.lastLayer()), 1e-4);
  }

  @Test
  void priorPrecisionMakesTheDataMostProbable() {
    float[][] examples = examples(20);
    double[] weights = biasesAlone();
    LastLayerLaplace laplace = LastLayerLaplace.fit(regression(weights), set(examples));
    INDArray hessian = Nd4j.create(hessian(weights, examples));
    ToDoubleFunction<Double> evidence =
        delta -> {
          INDArray precision = hessian.div(delta).add(Nd4j.eye(WEIGHTS));
          double squares = Arrays.stream(weights).map(w -> w * w).sum();
          return -0.5 * (Math.log(determinant(precision.toDoubleMatrix())) + delta * squares);
        };
    double delta = laplace.lastLayer().priorPrecision();
    double most = evidence.applyAsDouble(delta);
    for (double factor : new double[] {0.01, 0.5, 0.9, 1.1, 2, 100}) {
      assertTrue(evidence.applyAsDouble(factor * delta) < most, "at " + factor + " times " + delta);
    }
  }

  private static double determinant(double[][] matrix) {
    double determinant = 1;
    for (int i = 0; i < matrix.length; i++) {
      determinant *= matrix[i][i];
      for (int r = i + 1; r < matrix.length; r++) {
        double factor = matrix[r][i] / matrix[i][i];
        for (int c = i; c < matrix.length; c++) {
          matrix[r][c] -= factor * matrix[i][c];
        }
      }
    }
    return determinant;
  }

  @Test
  void predictionIsThatOfWeightsDrawnFromTheInverseHessian() {
    float[][] examples = examples(20);
    Chain module = regression(biasesAlone());
    LastLayerLaplace laplace = LastLayerLaplace.fit(module, set(examples));
    module.predictor(laplace);
    double delta = laplace.lastLayer().priorPrecision();
    INDArray precision =
        Nd4j.create(hessian(biasesAlone(), examples)).add(Nd4j.eye(WEIGHTS).mul(delta));
    double[][] root = cholesky(InvertMatrix.invert(precision, false).toDoubleMatrix());
    Random random = new Random(6);
    int draws = 40_000;
    double[] means = new double[CLASSES];
    double[] squares = new double[CLASSES];
    for (int t = 0; t < draws; t++) {
      double[] weights = biasesAlone();
      double[] normal = random.doubles(WEIGHTS).map(u -> random.nextGaussian()).toArray();
      for (int i = 0; i < WEIGHTS; i++) {
        for (int j = 0; j <= i; j++) {
          weights[i] += root[i][j] * normal[j];
        }
      }
      double[] p = probabilities(weights, QUERY);
      for (int k = 0; k < CLASSES; k++) {
        means[k] += p[k] / draws;
        squares[k] += p[k] * p[k] / draws;
      }
    }
    Prediction prediction = module.predict(Nd4j.create(new double[][] {QUERY}), draws);
    for (int k = 0; k < CLASSES; k++) {
      double variance = squares[k] - means[k] * means[k];
      assertTrue(variance > 1e-3, "the posterior is wide");
      double error = 5 * Math.sqrt(2 * variance / draws);
      assertEquals(means[k], prediction.probabilities().getDouble(0, k), error);
      assertEquals(1, prediction.epistemic().getDouble(0, k) / variance, 0.05);
    }
  }

  private static double[][] cholesky(double[][] matrix) {
    double[][] root = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= root[i][k] * root[j][k];
        }
        root[i][j] = i == j ? Math.sqrt(sum) : sum / root[j][j];
      }
    }
    return root;
  }

  private static Chain deep(String engine) {
    return Chain.of(
        ModuleOptions.defaults().withSeed(4).withEngine(engine).withEstimator(Estimator.POINT),
        build -> {
          NetworkLayer fc1 = build.linear("fc1", Shape.features(FEATURES), 5, true);
          NetworkLayer bn = build.batchNorm("bn", fc1.output());
          NetworkLayer act = build.activation("act", bn.output(), Activation.RELU);
          NetworkLayer fc2 = build.bayesLinear("fc2", act.output(), CLASSES, false);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {fc1},
              new NetworkLayer[] {bn},
              new NetworkLayer[] {act},
              new NetworkLayer[] {fc2});
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "vector"})
  void drawsLieAroundTheLogitsOfTheTrainedWeights(String engine) {
    Chain module = deep(engine);
    float[] images = NoiseKey.training(1, 1).of(1).normal(0, 5, FEATURES);
    float[] expected = module.runner().forward(images, 5, NoiseKey.evaluation(0, 0));
    module.predictor(LastLayerLaplace.fit(module, set(examples(30))));
    int samples = 4000;
    double[] means = new double[expected.length];
    List<float[]> first = new ArrayList<>();
    new PosteriorPasses(module, samples)
        .run(
            images,
            5,
            0,
            logits -> {
              first.add(logits);
              for (int i = 0; i < means.length; i++) {
                means[i] += logits[i] / samples;
              }
            });
    for (int i = 0; i < means.length; i++) {
      int at = i;
      double square = first.stream().mapToDouble(y -> Math.pow(y[at] - means[at], 2)).sum();
      double deviation = Math.sqrt(square / samples);
      assertEquals(expected[i], means[i], 5 * deviation / Math.sqrt(samples) + 1e-6);
    }
    assertTrue(Math.abs(first.get(0)[0] - first.get(1)[0]) > 1e-4, "samples differ");
  }

  @Test
  void enginesDrawTheSame() {
    float[][] examples = examples(30);
    double[][] found = new double[2][];
    String[] engines = {"nd4j", "vector"};
    for (int e = 0; e < 2; e++) {
      Chain module = deep(engines[e]);
      module.predictor(LastLayerLaplace.fit(module, set(examples)));
      found[e] = module.predict(Nd4j.create(examples), 7).probabilities().data().asDouble();
    }
    assertArrayEquals(found[0], found[1], 1e-4);
  }

  @Test
  void drawsOfAnExampleDependOnItsPlaceInTheSetAlone() {
    Chain module = deep("vector");
    module.predictor(LastLayerLaplace.fit(module, set(examples(30))));
    float[] images = NoiseKey.training(1, 1).of(1).normal(0, 5, FEATURES);
    PosteriorPasses passes = new PosteriorPasses(module, 3);
    List<float[]> whole = new ArrayList<>();
    passes.run(images, 5, 0, whole::add);
    List<float[]> part = new ArrayList<>();
    passes.run(Arrays.copyOfRange(images, 2 * FEATURES, 4 * FEATURES), 2, 2, part::add);
    for (int s = 0; s < 3; s++) {
      float[] expected = Arrays.copyOfRange(whole.get(s), 2 * CLASSES, 4 * CLASSES);
      assertArrayEquals(expected, part.get(s), 1e-5f);
    }
  }

  /** Bayesian linear regression: the covariance of the weights is (X'X / v + delta I)^-1. */
  @Test
  void numbersOfEvenNoiseHaveTheClosedFormOfLinearRegression() {
    float[][] examples = examples(40);
    float[][] targets = new float[40][1];
    for (int i = 0; i < 40; i++) {
      targets[i][0] = 200 + 30 * examples[i][0] - 10 * examples[i][2] + 25 * (i % 5);
    }
    Shape.Features shape = Shape.features(FEATURES);
    Dataset set = Dataset.ofValues("rents", shape, List.of("rent"), examples, targets);
    Chain module =
        Chain.of(
            ModuleOptions.defaults().withSeed(4).withEstimator(Estimator.POINT),
            build ->
                List.<NetworkLayer[]>of(new NetworkLayer[] {build.linear("fc", shape, 1, true)}));
    Trainer.of(
            module,
            TrainingOptions.defaults()
                .withEpochs(200)
                .withLearningRate(0.05)
                .withLikelihood(Likelihood.gaussian()))
        .fit(set);
    INDArray query = Nd4j.create(new double[][] {QUERY});
    double noise = module.predictValues(query, 1).aleatoricStd().getDouble(0, 0);
    LastLayerLaplace laplace = LastLayerLaplace.fit(module, set);
    double scale = module.likelihood().learned().deviations().get(0);
    double[][] precision = new double[FEATURES + 1][FEATURES + 1];
    for (int i = 0; i <= FEATURES; i++) {
      precision[i][i] = laplace.lastLayer().priorPrecision();
      for (int j = 0; j <= FEATURES; j++) {
        for (float[] x : examples) {
          precision[i][j] += withOne(x)[i] * withOne(x)[j] * scale * scale / (noise * noise);
        }
      }
    }
    INDArray covariance = InvertMatrix.invert(Nd4j.create(precision), false);
    INDArray h = Nd4j.create(new double[][] {{QUERY[0], QUERY[1], QUERY[2], 1}});
    double expected = scale * Math.sqrt(h.mmul(covariance).mmul(h.transpose()).getDouble(0));
    module.predictor(laplace);
    ValuePrediction found = module.predictValues(query, 20_000);
    assertEquals(expected, found.epistemicStd().getDouble(0, 0), 0.02 * expected);
    assertEquals(noise, found.aleatoricStd().getDouble(0, 0), 1e-6 * noise);
  }

  private static double[] withOne(float[] x) {
    double[] h = Arrays.copyOf(doubles(x), FEATURES + 1);
    h[FEATURES] = 1;
    return h;
  }

  @Test
  void networksWithAPosteriorOrWithoutALastLinearLayerAreRefused() {
    Dataset set = set(examples(3));
    Chain sampled = Chain.small(ModuleOptions.defaults(), CLASSES);
    var drawn =
        assertThrows(IllegalArgumentException.class, () -> LastLayerLaplace.fit(sampled, set));
    assertTrue(drawn.getMessage().contains("the estimator POINT"), drawn.getMessage());
    Chain activated =
        Chain.of(
            ModuleOptions.defaults(),
            build -> {
              NetworkLayer fc = build.linear("fc", Shape.features(FEATURES), CLASSES, true);
              NetworkLayer act = build.activation("act", fc.output(), Activation.RELU);
              return List.<NetworkLayer[]>of(new NetworkLayer[] {fc, act});
            });
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> LastLayerLaplace.fit(activated, set));
    assertTrue(refusal.getMessage().contains("@Linear"), refusal.getMessage());
    Chain another = regression(anyWeights());
    LastLayerLaplace fitted = LastLayerLaplace.fit(regression(anyWeights()), set);
    assertThrows(IllegalArgumentException.class, () -> another.predictor(fitted));
  }
}
