package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.Parameter;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** Adam by ND4J's own op. */
final class Adam implements Optimiser {
  private final List<Moments> moments;
  private int steps;

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
              steps));
      each.parameter.value().subi(update);
    }
    steps++;
  }
}
