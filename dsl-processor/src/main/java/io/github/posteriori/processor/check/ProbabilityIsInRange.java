package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;

/** Checks that the probability of a dropout is at least 0 and below 1. */
final class ProbabilityIsInRange implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(
        LayerSpec.Dropout.class,
        (dropout, node) -> {
          double probability = dropout.probability().value();
          if (!(probability >= 0 && probability < 1)) {
            reporter.report(dropout.probability().place(), Message.PROBABILITY, probability);
          }
        });
  }
}
