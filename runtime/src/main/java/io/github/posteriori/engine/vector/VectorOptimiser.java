package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import java.util.List;

/**
 * An optimiser by threads that take some thousand weights each: of gradients that the parameters
 * hold, or of each gradient as soon as it is known, which spares writing it to memory and reading
 * it again.
 */
final class VectorOptimiser implements OptimiserRunner {
  private static final int CHUNK = Scratch.CHUNK;

  private final TrainingSessions sessions;
  private final UpdateRule rule;
  private final List<Parameter> trained;
  private final Slots slots = new Slots();

  private float[][] values = new float[0][];
  private float[][] gradients = new float[0][];
  private long steps;

  VectorOptimiser(VectorRunner runner, UpdateRule rule) {
    this.sessions = new TrainingSessions(runner);
    this.rule = rule;
    this.trained = runner.network().parameters().stream().filter(Parameter::trained).toList();
    trained.forEach(parameter -> slots.add(parameter, rule.slots()));
  }

  @Override
  public Losses step(StepRequest request, double learningRate) {
    return sessions.step(request, new Update(request.beta(), learningRate));
  }

  @Override
  public void apply(double learningRate) {
    float rate = rule.rate(learningRate, ++steps);
    SharedWorkers.with(workers -> trained.forEach(each -> update(each, workers, rate)));
  }

  private void update(Parameter parameter, Workers workers, float rate) {
    if (values.length < workers.count()) {
      values = new float[workers.count()][CHUNK];
      gradients = new float[workers.count()][CHUNK];
    }
    int size = parameter.size();
    workers.run(
        (size + CHUNK - 1) / CHUNK,
        (task, worker) -> {
          int from = task * CHUNK;
          int count = Math.min(CHUNK, size - from);
          parameter.readGradient(from, count, gradients[worker], 0);
          update(parameter, from, count, gradients[worker], values[worker], rate);
        });
  }

  private void update(
      Parameter parameter, int from, int count, float[] gradient, float[] value, float rate) {
    parameter.read(from, count, value, 0);
    rule.update(value, gradient, count, slots.of(parameter), LEAD + from, rate);
    slots.clearPruned(parameter, from, count);
    parameter.write(from, count, value, 0);
  }

  /** A step; a loss that is not finite changes nothing. */
  private final class Update extends RhoSink {
    private final double learningRate;
    private float rate;

    Update(double beta, double learningRate) {
      super(beta);
      this.learningRate = learningRate;
    }

    @Override
    public boolean begin(double loss) {
      if (Double.isFinite(loss)) {
        rate = rule.rate(learningRate, ++steps);
        return true;
      }
      return false;
    }

    @Override
    void take(Parameter parameter, int from, int count, float[] gradient, float[] workspace) {
      update(parameter, from, count, gradient, workspace, rate);
    }

    @Override
    public void takeHeld(Parameter parameter, Workers workers) {
      if (parameter.trained()) {
        update(parameter, workers, rate);
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
