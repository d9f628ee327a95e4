package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Chains;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a network in two kinds of {@link Sessions}: with blocks of the width that suits the network,
 * and with narrow ones, in which it learns from small batches. Outside training the number of
 * images makes no difference, so that an image gets the same logits in any batch.
 */
final class VectorRunner implements NetworkRunner {
  /** Posterior samples whose first layer is drawn at once. */
  private static final int SAMPLES_TOGETHER = 8;

  /** Where lanes hold samples, about so many are run at once. */
  private static final int LANES_TOGETHER = 16 * Lanes.FULL;

  private final Network network;
  private final Planner planner;
  private final Sessions sessions;
  private final Sessions narrow;

  VectorRunner(Network network) {
    this(network, BlockWidth.of(network), LayerPlan::of);
  }

  /**
   * Opens a network whose blocks are no wider than {@code width} lanes.
   *
   * @param planner chooses the algorithms of its layers
   */
  VectorRunner(Network network, int width, Planner planner) {
    this.network = network;
    this.planner = planner;
    this.sessions = new Sessions(network, width, planner);
    this.narrow = width == Lanes.LENGTH ? sessions : new Sessions(network, Lanes.LENGTH, planner);
  }

  Network network() {
    return network;
  }

  /** The sessions in which the network learns from batches of {@code count} images. */
  Sessions training(int count) {
    return Partition.isNarrow(count) ? narrow : sessions;
  }

  @Override
  public float[] forward(float[] images, int count, NoiseKey noise) {
    float[][] logits = {new float[count * network.output().size()]};
    sessions.run(
        session -> {
          session.forward(images, count, noise, 1, logits);
          return null;
        });
    return logits[0];
  }

  /**
   * {@inheritDoc}
   *
   * <p>The consumer is called while no session is in use.
   */
  @Override
  public void forward(
      float[] images, int count, NoiseKey noise, int samples, Consumer<float[]> logits) {
    int together = Math.min(samples, SAMPLES_TOGETHER);
    if (count < Lanes.FULL) {
      together = Math.min(samples, Math.max(together, LANES_TOGETHER / count));
    }
    for (int s = 0; s < samples; s += together) {
      int here = Math.min(together, samples - s);
      NoiseKey first = noise.plusSamples(s);
      float[][] each = new float[here][count * network.output().size()];
      sessions.run(
          session -> {
            session.forward(images, count, first, here, each);
            return null;
          });
      for (float[] sample : each) {
        logits.accept(sample);
      }
    }
  }

  @Override
  public void forwardColumns(float[] columns, int count, NoiseKey noise, float[] outputs) {
    if (count <= ImageByImage.MOST_LANES) {
      NetworkRunner.super.forwardColumns(columns, count, noise, outputs);
      return;
    }
    sessions.run(
        session -> {
          session.forwardColumns(columns, count, noise, outputs);
          return null;
        });
  }

  @Override
  public double kl() {
    return sessions.run(Session::kl);
  }

  @Override
  public Losses gradients(StepRequest request) {
    return training(request.count())
        .run(session -> session.gradients(request, new GradientsToParameters(request.beta())));
  }

  @Override
  public OptimiserRunner optimiser(Optimiser optimiser) {
    return optimiser instanceof Optimiser.Ivon ivon
        ? new VectorIvon(this, ivon)
        : new VectorOptimiser(this, UpdateRule.of(optimiser));
  }

  @Override
  public List<String> explain(int count) {
    int width = training(count).width();
    List<Stage> stages = new Chains(network).stages();
    List<String> lines = new ArrayList<>();
    for (NetworkLayer layer : network.layers()) {
      if (layer instanceof AffineLayer affine) {
        LayerPlan plan = planner.plan(affine, stages, width);
        lines.add(PlanDescription.of(affine, plan, LayerPlan.cost(affine, stages, width), width));
      }
    }
    return lines;
  }
}
