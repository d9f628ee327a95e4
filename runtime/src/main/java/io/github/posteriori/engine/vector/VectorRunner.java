package io.github.posteriori.engine.vector;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs a network in sessions, each of which one caller at a time uses. A caller that finds the
 * workers of the program busy does its work alone.
 */
final class VectorRunner implements NetworkRunner {
  /** Posterior samples whose first layer is drawn at once. */
  private static final int SAMPLES_TOGETHER = 8;

  /** Where lanes hold samples, about so many are run at once. */
  private static final int LANES_TOGETHER = 16 * Lanes.FULL;

  private final Network network;
  private final int width;
  private final Planner planner;
  private final Deque<Session> together = new ArrayDeque<>();
  private final Deque<Session> alone = new ArrayDeque<>();

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
    this.width = width;
    this.planner = planner;
  }

  Network network() {
    return network;
  }

  @Override
  public float[] forward(float[] images, int count, NoiseKey noise) {
    float[][] logits = {new float[count * network.output().size()]};
    run(
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
      run(
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
  public float[] forwardColumns(float[] columns, int count, NoiseKey noise) {
    return count <= ImageByImage.MOST_LANES
        ? NetworkRunner.super.forwardColumns(columns, count, noise)
        : run(session -> session.forwardColumns(columns, count, noise));
  }

  @Override
  public double kl() {
    return run(Session::kl);
  }

  @Override
  public Losses gradients(StepRequest request) {
    return run(session -> session.gradients(request, new GradientsToParameters(request.beta())));
  }

  @Override
  public OptimiserRunner optimiser(Optimiser optimiser) {
    return optimiser instanceof Optimiser.Ivon ivon
        ? new VectorIvon(this, ivon)
        : new VectorOptimiser(this, UpdateRule.of(optimiser));
  }

  @Override
  public List<String> explain() {
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

  /** Runs {@code work} in a session that nobody else uses meanwhile. */
  <R> R run(Function<Session, R> work) {
    boolean free = SharedWorkers.tryTake();
    try {
      Deque<Session> idle = free ? together : alone;
      Session session = idle(idle, free);
      R result = work.apply(session);
      synchronized (idle) {
        idle.push(session);
      }
      return result;
    } finally {
      if (free) {
        SharedWorkers.giveBack();
      }
    }
  }

  private Session idle(Deque<Session> idle, boolean free) {
    synchronized (idle) {
      Session session = idle.poll();
      if (session != null && (!free || session.uses(SharedWorkers.current()))) {
        return session;
      }
      idle.clear(); // of sessions whose workers were dismissed
    }
    return new Session(network, free ? SharedWorkers.current() : new Workers(1), width, planner);
  }
}
