package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** Adam by ND4J's own op. */
final class Adam implements Optimiser {
  private final List<Moments> moments;
  private long steps;

  /** For the tensors that training changes. */
  Adam(List<Parameter> parameters) {
    this.moments =
        parameters.stream()
            .filter(Parameter::trained)
            .map(p -> new Moments(p, p.value().like(), p.value().like()))
            .toList();
  }

  /** The running first and second moment of a parameter's gradient. */
  private record Moments(Parameter parameter, INDArray first, INDArray second) {}

  @Override
  public void step(double learningRate) {
    for (Moments each : moments) {
      INDArray update = each.parameter.gradient();
      Nd4j.exec(
          new AdamUpdater(
              update,
              each.second,
              each.first,
              learningRate,
              MEAN_DECAY,
              SQUARE_DECAY,
              EPSILON,
              Math.toIntExact(steps)));
      each.parameter.value().subi(update);
    }
    steps++;
  }

  @Override
  public State state() {
    Map<String, Optimiser.Moments> copies = new LinkedHashMap<>();
    for (Moments each : moments) {
      copies.put(
          each.parameter.name(), new Optimiser.Moments(numbers(each.first), numbers(each.second)));
    }
    return new State(steps, copies);
  }

  private static float[] numbers(INDArray moment) {
    return moment.dup('c').data().asFloat();
  }

  @Override
  public void restore(State state) {
    for (Moments each : moments) {
      Optimiser.Moments saved = state.of(each.parameter.name(), each.first.length());
      each.first.assign(Nd4j.create(saved.mean(), each.first.shape(), 'c'));
      each.second.assign(Nd4j.create(saved.square(), each.second.shape(), 'c'));
    }
    steps = state.steps();
  }
}
