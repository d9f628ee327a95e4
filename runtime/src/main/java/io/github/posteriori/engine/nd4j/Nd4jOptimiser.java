package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import java.util.List;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** Runs an optimiser on the arrays of a runner: gradients first, then every parameter in turn. */
@SuppressWarnings("try") // a workspace scope works by being open
final class Nd4jOptimiser implements OptimiserRunner {
  private final Nd4jRunner runner;
  private final UpdateRule rule;
  private final List<Parameter> trained;
  private final Slots slots;
  private long steps;

  Nd4jOptimiser(Nd4jRunner runner, List<Parameter> parameters, UpdateRule rule) {
    this.runner = runner;
    this.rule = rule;
    this.trained = parameters.stream().filter(Parameter::trained).toList();
    this.slots = new Slots(runner.arrays().type());
    trained.forEach(parameter -> slots.add(parameter, rule.slots()));
  }

  @Override
  public Losses step(StepRequest request, double learningRate) {
    Losses losses = runner.gradients(request);
    if (Double.isFinite(losses.loss(request.beta()))) {
      apply(learningRate);
    }
    return losses;
  }

  @Override
  public void apply(double learningRate) {
    ParameterArrays arrays = runner.arrays();
    arrays.refresh();
    arrays.refreshGradients();
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (Parameter each : trained) {
        rule.update(arrays.value(each), arrays.gradient(each), slots.of(each), steps, learningRate);
        slots.clearPruned(each);
        arrays.store(each);
      }
    }
    steps++;
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
