package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Reporter;

/** One thing that must hold of a network. A rule keeps silent about what another rule reports. */
@FunctionalInterface
interface Rule {
  void check(Network network, Reporter reporter);
}
