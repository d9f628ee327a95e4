package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Optimiser.Ivon;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.engine.vector.kernel.PosteriorLoops;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import java.util.Arrays;
import java.util.List;

/**
 * IVON by threads that take some thousand weights each, as {@link VectorOptimiser} does. Mean and
 * deviation of a weight move together, from the gradients that the kernels leave before the chain
 * rule to rho.
 */
final class VectorIvon implements OptimiserRunner {
  private static final int CHUNK = Scratch.CHUNK;

  private final TrainingSessions sessions;
  private final Ivon ivon;
  private final List<Posterior> posteriors;
  private final List<Parameter> points;
  private final Slots slots = new Slots();
  private Scratch[] scratch = new Scratch[0];
  private long steps;

  VectorIvon(VectorRunner runner, Ivon ivon) {
    this.sessions = new TrainingSessions(runner);
    this.ivon = ivon;
    this.posteriors = runner.network().sampledPosteriors();
    this.points = runner.network().trainedPoints();
    ivon.requireFit(posteriors);
    for (Posterior posterior : posteriors) {
      slots.add(posterior.mu(), ivon.slots());
      Arrays.fill(slots.of(posterior.mu())[1], (float) ivon.hessian());
      slots.clearPruned(posterior.mu(), 0, posterior.mu().size());
    }
    points.forEach(point -> slots.add(point, List.of(Ivon.MOMENTUM)));
  }

  @Override
  public void start() {
    ivon.start(posteriors);
  }

  @Override
  public Losses step(StepRequest request, double learningRate) {
    return sessions.step(request, new Update(learningRate));
  }

  @Override
  public void apply(double learningRate) {
    steps++;
    SharedWorkers.with(
        workers -> {
          posteriors.forEach(each -> update(each, workers, learningRate));
          points.forEach(each -> update(each, workers, learningRate));
        });
  }

  /** Undoes the chain rule from sigma to rho in the gradients that the parameters hold. */
  private void update(Posterior posterior, Workers workers, double learningRate) {
    IvonRule rule = IvonRule.of(ivon, posterior.prior(), learningRate, steps);
    inChunks(
        posterior.mu(),
        workers,
        (from, count, own) -> {
          posterior.mu().readGradient(from, count, own.byLocation(), 0);
          posterior.rho().readGradient(from, count, own.bySigma(), 0);
          posterior.rho().read(from, count, own.rho(), 0);
          PosteriorLoops.sigma(own.rho(), own.sigma(), true, own.slope(), count);
          for (int i = 0; i < count; i++) {
            own.bySigma()[i] /= own.slope()[i];
          }
          update(rule, posterior.mu(), posterior.rho(), from, count, own);
        });
  }

  private void update(
      IvonRule rule, Parameter mu, Parameter rho, int from, int count, Scratch own) {
    mu.read(from, count, own.mu(), 0);
    rule.update(
        own.mu(), own.byLocation(), own.bySigma(), own.sigma(), count, slots.of(mu), LEAD + from);
    slots.clearPruned(mu, from, count);
    mu.write(from, count, own.mu(), 0);
    PosteriorLoops.rho(own.sigma(), own.rho(), count);
    rho.write(from, count, own.rho(), 0);
  }

  private void update(Parameter point, Workers workers, double learningRate) {
    IvonRule rule = IvonRule.ofPoints(ivon, learningRate, steps);
    inChunks(
        point,
        workers,
        (from, count, own) -> {
          point.readGradient(from, count, own.byLocation(), 0);
          update(rule, point, from, count, own);
        });
  }

  private void update(IvonRule rule, Parameter point, int from, int count, Scratch own) {
    point.read(from, count, own.mu(), 0);
    rule.update(own.mu(), own.byLocation(), count, slots.of(point)[0], LEAD + from);
    slots.clearPruned(point, from, count);
    point.write(from, count, own.mu(), 0);
  }

  private void inChunks(Parameter parameter, Workers workers, Chunk work) {
    if (scratch.length < workers.count()) {
      scratch = new Scratch[workers.count()];
      Arrays.setAll(scratch, worker -> new Scratch());
    }
    int size = parameter.size();
    workers.run(
        (size + CHUNK - 1) / CHUNK,
        (task, worker) -> {
          int from = task * CHUNK;
          work.run(from, Math.min(CHUNK, size - from), scratch[worker]);
        });
  }

  /** Work on some thousand numbers of a parameter. */
  private interface Chunk {
    void run(int from, int count, Scratch own);
  }

  /** A step; a loss that is not finite changes nothing. */
  private final class Update implements GradientSink {
    private final double learningRate;

    Update(double learningRate) {
      this.learningRate = learningRate;
    }

    @Override
    public boolean begin(double loss) {
      if (Double.isFinite(loss)) {
        steps++;
        return true;
      }
      return false;
    }

    @Override
    public void take(PosteriorTensor tensor, int from, int count, Scratch own) {
      if (tensor.isSampled()) {
        IvonRule rule = IvonRule.of(ivon, tensor.prior(), learningRate, steps);
        update(rule, tensor.mu(), tensor.rho(), from, count, own);
      } else {
        update(IvonRule.ofPoints(ivon, learningRate, steps), tensor.mu(), from, count, own);
      }
    }

    @Override
    public void takeHeld(Parameter parameter, Workers workers) {
      if (parameter.trained()) {
        update(parameter, workers, learningRate);
      }
    }
  }

  @Override
  public OptimiserState state() {
    return slots.state(steps);
  }

  @Override
  public void restore(OptimiserState state) {
    slots.restore(state);
    steps = state.steps();
  }
}
