package io.github.posteriori.processor.check;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;

/** Checks that a class that states an estimator has a layer to apply it to. */
final class EstimatorIsOfUse implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    Stated<Estimator> estimator = network.spec().estimator();
    if (estimator.explicit()
        && network.isComplete()
        && !network.nodes().isEmpty()
        && network.flatLayers().noneMatch(EstimatorIsOfUse::isBayesian)) {
      reporter.report(estimator.place(), Message.NOTHING_BAYESIAN, network.spec().name());
    }
  }

  private static boolean isBayesian(LayerSpec layer) {
    return layer instanceof LayerSpec.Affine affine && affine.bayes().isPresent();
  }
}
