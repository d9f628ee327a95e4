package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs an optimiser on the arrays of a runner: gradients first, then every parameter in turn. */
@SuppressWarnings("try") // a workspace scope works by being open
final class Nd4jOptimiser implements OptimiserRunner {
  private final Nd4jRunner runner;
  private final UpdateRule rule;
  private final List<Trained> all = new ArrayList<>();
  private long steps;

  Nd4jOptimiser(Nd4jRunner runner, List<Parameter> parameters, UpdateRule rule) {
    this.runner = runner;
    this.rule = rule;
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (Parameter parameter : parameters) {
        if (parameter.trained()) {
          all.add(new Trained(parameter, slots(parameter)));
        }
      }
    }
  }

  /** A parameter with the state kept between two steps. */
  private record Trained(Parameter parameter, INDArray[] slots) {}

  private INDArray[] slots(Parameter parameter) {
    return rule.slots().stream()
        .map(slot -> Nd4j.create(runner.arrays().type(), parameter.shape()))
        .toArray(INDArray[]::new);
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
      for (Trained each : all) {
        rule.update(
            arrays.value(each.parameter),
            arrays.gradient(each.parameter),
            each.slots,
            steps,
            learningRate);
        arrays.store(each.parameter);
      }
    }
    steps++;
  }

  @Override
  public OptimiserState state() {
    Map<String, Map<String, float[]>> slots = new LinkedHashMap<>();
    for (Trained each : all) {
      Map<String, float[]> own = new LinkedHashMap<>();
      for (int s = 0; s < each.slots.length; s++) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
          own.put(rule.slots().get(s), each.slots[s].dup('c').data().asFloat());
        }
      }
      slots.put(each.parameter.name(), own);
    }
    return new OptimiserState(steps, slots);
  }

  @Override
  public void restore(OptimiserState state) {
    for (Trained each : all) {
      Parameter parameter = each.parameter;
      for (int s = 0; s < each.slots.length; s++) {
        float[] saved = state.slot(parameter.name(), rule.slots().get(s), parameter.size());
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
          each.slots[s].assign(Nd4j.create(saved, parameter.shape(), 'c'));
        }
      }
    }
    steps = state.steps();
  }
}
