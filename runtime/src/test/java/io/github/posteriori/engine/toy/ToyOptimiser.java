package io.github.posteriori.engine.toy;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Optimisers as their equations stand, one number after the other. */
final class ToyOptimiser implements OptimiserRunner {
  private final ToyRunner runner;
  private final Optimiser optimiser;
  private final List<Parameter> trained;
  private final Map<String, Map<String, float[]>> slots = new HashMap<>();
  private long steps;

  ToyOptimiser(ToyRunner runner, Optimiser optimiser, List<Parameter> parameters) {
    this.runner = runner;
    this.optimiser = optimiser;
    this.trained = parameters.stream().filter(Parameter::trained).toList();
    for (Parameter parameter : trained) {
      Map<String, float[]> own = new HashMap<>();
      optimiser.slots().forEach(slot -> own.put(slot, new float[parameter.size()]));
      slots.put(parameter.name(), own);
    }
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
    steps++;
    for (Parameter parameter : trained) {
      float[] values = new float[parameter.size()];
      float[] gradients = new float[parameter.size()];
      parameter.read(values);
      parameter.readGradient(0, gradients.length, gradients, 0);
      for (int i = 0; i < values.length; i++) {
        values[i] -= change(slots.get(parameter.name()), i, gradients[i], learningRate);
      }
      parameter.write(values);
      slots
          .get(parameter.name())
          .values()
          .forEach(slot -> parameter.clearPruned(0, slot.length, slot, 0));
    }
  }

  private float change(Map<String, float[]> of, int i, float gradient, double learningRate) {
    if (optimiser instanceof Optimiser.Adam adam) {
      float[] mean = of.get(Optimiser.Adam.MEAN);
      float[] square = of.get(Optimiser.Adam.SQUARE);
      mean[i] += (1 - adam.meanDecay()) * (gradient - mean[i]);
      square[i] += (1 - adam.squareDecay()) * (gradient * gradient - square[i]);
      double rate = adam.correctedRate(learningRate, steps);
      return (float) (rate * mean[i] / (Math.sqrt(square[i]) + adam.epsilon()));
    }
    float[] velocity = of.get(Optimiser.Sgd.VELOCITY);
    velocity[i] = (float) (((Optimiser.Sgd) optimiser).momentum() * velocity[i] + gradient);
    return (float) (learningRate * velocity[i]);
  }

  @Override
  public OptimiserState state() {
    Map<String, Map<String, float[]>> copies = new HashMap<>();
    slots.forEach(
        (parameter, own) -> {
          Map<String, float[]> copy = new HashMap<>();
          own.forEach((slot, values) -> copy.put(slot, values.clone()));
          copies.put(parameter, copy);
        });
    return new OptimiserState(steps, copies);
  }

  @Override
  public void restore(OptimiserState state) {
    for (Parameter parameter : trained) {
      for (String slot : optimiser.slots()) {
        float[] saved = state.slot(parameter.name(), slot, parameter.size());
        slots.get(parameter.name()).put(slot, saved.clone());
      }
    }
    steps = state.steps();
  }
}
