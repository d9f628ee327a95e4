package io.github.posteriori.drawn;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;

/** The time of a training step on two cores, as the shapes of a network let expect it. */
final class StepEstimate {
  private static final double NANOS_OF_MULTIPLY_ADD = 0.065;

  /** What an output costs beside its multiply-adds: it is written, read, activated and so on. */
  private static final double NANOS_OF_OUTPUT = 3;

  /** What a trained number costs: it is read, sampled, in the divergence, and updated. */
  private static final double NANOS_OF_PARAMETER = 8;

  private StepEstimate() {}

  static double millis(DrawnNetwork network) {
    double image = 0;
    double step = 0;
    for (NetworkLayer layer : network.module(ModuleOptions.defaults()).network().layers()) {
      image += NANOS_OF_MULTIPLY_ADD * maps(layer) * layer.multiplyAdds();
      image += NANOS_OF_OUTPUT * layer.output().size();
      step += NANOS_OF_PARAMETER * layer.parameters().stream().mapToLong(Parameter::size).sum();
    }
    return (step + network.images() * image) * 1e-6;
  }

  /** Counts the linear maps of a layer: under local reparametrisation means and variances. */
  private static int maps(NetworkLayer layer) {
    boolean two = layer instanceof AffineLayer affine && affine.estimator() == Estimator.LRT;
    return two ? 2 : 1;
  }
}
