package io.github.posteriori.examples;

import io.github.posteriori.*;
import io.github.posteriori.annotations.*;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.uncertainty.ValueMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A perceptron of one feature, with two outputs: the mean of a number and the scale of its noise.
 */
@BayesModel(features = 1, activation = Activation.RELU, prior = @Prior(sigma = 1))
class CurveNet {
  @BayesLinear(out = 16)
  Layer fc1;

  @Activate Layer act1;

  @BayesLinear(out = 16)
  Layer fc2;

  @Activate Layer act2;

  @BayesLinear(out = 2)
  Layer fc3;
}

/**
 * Regresses a curve whose noise grows from left to right, and says what it does not know.
 *
 * <pre>
 * NoisyCurve [EPOCHS]
 * </pre>
 */
public final class NoisyCurve {
  private NoisyCurve() {}

  public static void main(String[] arguments) {
    int epochs = arguments.length == 0 ? 60 : Integer.parseInt(arguments[0]);
    CurveNetModule net = CurveNetModule.create();
    TrainingOptions options =
        TrainingOptions.defaults()
            .withLikelihood(Likelihood.heteroscedastic())
            .withEpochs(epochs)
            .withBatch(16)
            .withLearningRate(0.01);
    Trainer.of(net, options).fit(curve(1000, 1));

    ValueMetrics metrics = new Evaluator(net, 25, 100).evaluateValues(curve(1000, 2));
    System.out.printf(
        Locale.ROOT,
        "RMSE %.0f, coverage %.3f of the 95 %% intervals%n",
        metrics.rmse(),
        metrics.interval(0.95).coverage());
    for (float x : new float[] {-1, 0, 1, 3}) { // the last one lies outside of what it has seen
      ValuePrediction p = net.predictValues(Nd4j.create(new float[][] {{x}}), 100);
      System.out.printf(
          Locale.ROOT,
          "at %2.0f: %.0f, 95 %% from %.0f to %.0f, epistemic std %.0f, aleatoric std %.0f%n",
          x,
          p.mean().getDouble(0),
          p.quantile(0.025).getDouble(0),
          p.quantile(0.975).getDouble(0),
          p.epistemicStd().getDouble(0),
          p.aleatoricStd().getDouble(0));
    }
  }

  /** Draws points of a sine around 200,000; from -1 to 1 its noise grows from 1,000 to 5,000. */
  private static Dataset curve(int points, long seed) {
    Random random = new Random(seed);
    float[][] features = new float[points][1];
    float[][] values = new float[points][1];
    for (int i = 0; i < points; i++) {
      double x = 2 * random.nextDouble() - 1;
      double noise = (3000 + 2000 * x) * random.nextGaussian();
      features[i][0] = (float) x;
      values[i][0] = (float) (200_000 + 20_000 * Math.sin(3 * x) + noise);
    }
    return Dataset.ofValues("curve", Shape.features(1), List.of("height"), features, values);
  }
}
