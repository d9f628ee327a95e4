package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Reporter;

/** A condition on a network. A rule does not report faults that another rule reports. */
@FunctionalInterface
interface Rule {
  void check(Network network, Reporter reporter);
}
