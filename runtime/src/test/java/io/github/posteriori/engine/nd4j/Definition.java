package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Ensemble;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a network computes by definition: the nd4j engine in double precision, whose results are not
 * rounded to floats.
 */
public final class Definition {
  private final Network network;

  /** Its parameters stay as they are. */
  private final Nd4jRunner outsideTraining;

  public Definition(Network network) {
    this.network = network;
    this.outsideTraining = runner();
  }

  /**
   * What a training pass leaves.
   *
   * @param logits of each sample
   * @param gradients of the trained parameters, by name
   * @param statistics the parameters that no optimiser changes, after the pass, by name
   */
  public record Result(
      double[][] logits,
      double objective,
      double kl,
      Map<String, double[]> gradients,
      Map<String, double[]> statistics) {}

  /** Computes the logits of one posterior sample, in evaluation mode. */
  public double[] forward(float[] images, int count, NoiseKey noise) {
    Run run = forward(outsideTraining, images, count, noise, Purpose.EVALUATION, (l, y) -> {});
    return numbers(run.array);
  }

  /**
   * Runs forward and backward in training mode.
   *
   * @param watcher sees the output of each layer on the way forward, and may change it
   */
  public Result gradients(StepRequest request, BiConsumer<NetworkLayer, INDArray> watcher) {
    Nd4jRunner runner = runner();
    ParameterArrays arrays = runner.arrays();
    arrays.refresh();
    arrays.clearGradients();
    double kl = 0;
    NoiseKey last = request.noise().plusSamples(request.samples() - 1);
    for (Divergence divergence : runner.divergences(last)) {
      kl += divergence.value();
      divergence.addGradient(request.beta());
    }
    double[][] logits = new double[request.samples()][];
    float[][] byLogits = new float[request.samples()][];
    double[] objective = new double[1];
    Ensemble.run(
        request.samples(),
        new Ensemble() {
          @Override
          public void runAhead(int sample) {
            logits[sample] = numbers(run(sample, Purpose.FORWARD_ONLY).array);
          }

          @Override
          public void train(int sample) {
            Run run = run(sample, Purpose.TRAINING);
            logits[sample] = numbers(run.array);
            if (sample == 0) {
              Arrays.setAll(byLogits, s -> new float[logits[s].length]);
              float[][] floats =
                  Arrays.stream(logits).map(Definition::floats).toArray(float[][]::new);
              objective[0] = request.objective().evaluate(0, request.count(), floats, byLogits);
            }
            INDArray gradient = array(byLogits[sample], network.output().batch(request.count()));
            network.backward().run(run.pass, Gradient.of(gradient));
          }

          private Run run(int sample, Purpose purpose) {
            NoiseKey noise = request.noise().plusSamples(sample);
            return forward(runner, request.images(), request.count(), noise, purpose, watcher);
          }
        });
    return result(runner, logits, objective[0], kl);
  }

  private Result result(Nd4jRunner runner, double[][] logits, double objective, double kl) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    Map<String, double[]> statistics = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      if (parameter.trained()) {
        // What a layer of a user's own adds itself.
        INDArray added = parameter.gradient().castTo(DataType.DOUBLE);
        gradients.put(parameter.name(), numbers(runner.arrays().gradient(parameter).add(added)));
        parameter.clearGradient();
      } else {
        statistics.put(parameter.name(), numbers(runner.arrays().value(parameter)));
      }
    }
    return new Result(logits, objective, kl, gradients, statistics);
  }

  /** A pass that ran forward, and the logits. */
  private record Run(Nd4jPass pass, INDArray array) {}

  private Run forward(
      Nd4jRunner runner,
      float[] images,
      int count,
      NoiseKey noise,
      Purpose purpose,
      BiConsumer<NetworkLayer, INDArray> watcher) {
    // The running statistics of the samples before stay.
    Nd4jPass pass = runner.pass(noise, purpose, watcher);
    Activations input = new Activations(array(images, network.input().batch(count)));
    return new Run(pass, ((Activations) network.forward().run(pass, input)).array());
  }

  private Nd4jRunner runner() {
    return new Nd4jRunner(network, DataType.DOUBLE);
  }

  private static INDArray array(float[] values, long[] shape) {
    return Nd4j.create(values, shape, 'c').castTo(DataType.DOUBLE);
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
