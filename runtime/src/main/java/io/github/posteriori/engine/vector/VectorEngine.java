package io.github.posteriori.engine.vector;

import io.github.posteriori.Layer;
import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.nd4j.Nd4jEngine;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The fast engine, on the Java Vector API: images lie in the lanes of the vector registers, and
 * each core takes blocks of them through the network.
 *
 * <p>This class loads without the module {@code jdk.incubator.vector}, to say that it is missing;
 * the others do not.
 */
public final class VectorEngine implements Engine {
  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public boolean available() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  @Override
  public String remedy() {
    return "add --add-modules " + MODULE + " to the options of java";
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public void useThreads(int threads) {
    Sessions.useThreads(threads);
  }

  @Override
  public float[] forward(Network network, float[] images, int count, NoiseKey noise) {
    float[][] logits = {new float[count * network.output().size()]};
    Sessions.with(
        network,
        session -> {
          session.forward(network, images, count, noise, 1, logits);
          return null;
        });
    return logits[0];
  }

  @Override
  public void forward(
      Network network,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits) {
    Sessions.with(
        network,
        session -> {
          int together = Math.min(samples, Sessions.SAMPLES_TOGETHER);
          if (count < Lanes.FULL) {
            together = Math.min(samples, Math.max(together, Sessions.LANES_TOGETHER / count));
          }
          for (int s = 0; s < samples; s += together) {
            int here = Math.min(together, samples - s);
            float[][] each = new float[here][count * network.output().size()];
            session.forward(network, images, count, noise.plusSamples(s), here, each);
            for (float[] sample : each) {
              logits.accept(sample);
            }
          }
          return null;
        });
  }

  @Override
  public double kl(Network network) {
    return Sessions.with(network, Session::kl);
  }

  @Override
  public Losses gradients(
      Network network,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      double beta,
      Objective objective) {
    return Sessions.with(
        network,
        session ->
            session.gradients(
                network, images, count, noise, samples, beta, objective, GradientSink.PARAMETERS));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Weights change as soon as their gradients are known, which their parameters never see.
   */
  @Override
  public Losses step(
      Network network,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      double beta,
      Objective objective,
      Optimiser optimiser,
      double learningRate) {
    if (!(optimiser instanceof VectorAdam adam)) {
      throw new IllegalArgumentException(
          "the optimiser is a "
              + optimiser.getClass().getName()
              + ", expected one that this engine made: ask its adam for one");
    }
    return Sessions.with(
        network,
        session ->
            session.gradients(
                network,
                images,
                count,
                noise,
                samples,
                beta,
                objective,
                adam.update(network, learningRate)));
  }

  /**
   * Explains how the affine layers of a network are computed, one line each: the layer's name, its
   * output, its multiply-adds, the algorithm forward, for the gradient by its weights, for the
   * gradient by its input and for the max-pool behind it, and the sizes that decided.
   *
   * @throws IllegalStateException if the engine is not {@link #available}
   */
  public List<String> explain(Network network) {
    if (!available()) {
      throw new IllegalStateException(
          "the module " + MODULE + " is missing, on which the choice depends: " + remedy());
    }
    return network.layers().stream()
        .filter(AffineLayer.class::isInstance)
        .map(AffineLayer.class::cast)
        .map(layer -> PlanDescription.of(layer, LayerPlan.of(layer, network.stages())))
        .toList();
  }

  /** Asked of the engine that runs layer by layer, and gets the same within rounding. */
  @Override
  public Optional<Layer> firstNonFinite(
      Network network, float[] images, int count, NoiseKey noise) {
    return new Nd4jEngine().firstNonFinite(network, images, count, noise);
  }

  @Override
  public Optimiser adam(List<Parameter> parameters) {
    return new VectorAdam(parameters);
  }
}
