package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;

/** Checks that a network has at least one layer. */
final class HasLayers implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    if (network.nodes().isEmpty()) {
      reporter.report(network.spec().place(), Message.EMPTY_CLASS, network.spec().name());
    }
  }
}
