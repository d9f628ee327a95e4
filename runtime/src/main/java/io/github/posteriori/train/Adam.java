package io.github.posteriori.train;

import io.github.posteriori.layers.Parameter;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam with the constants of its authors, by ND4J's own op.
 *
 * <p>Source: Kingma and Ba 2015, arXiv 1412.6980.
 */
public final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final List<Moments> moments;
  private int steps;

  /** For the tensors that training changes. */
  public Adam(List<Parameter> parameters) {
    this.moments =
        parameters.stream()
            .filter(Parameter::trained)
            .map(p -> new Moments(p, p.value().like(), p.value().like()))
            .toList();
  }

  /** The running first and second moment of a parameter's gradient. */
  private record Moments(Parameter parameter, INDArray first, INDArray second) {}

  /** Changes every value by its gradient, which is lost. */
  public void step(double learningRate) {
    for (Moments each : moments) {
      INDArray update = each.parameter.gradient();
      Nd4j.exec(
          new AdamUpdater(
              update, each.second, each.first, learningRate, BETA1, BETA2, EPSILON, steps));
      each.parameter.value().subi(update);
    }
    steps++;
  }
}
