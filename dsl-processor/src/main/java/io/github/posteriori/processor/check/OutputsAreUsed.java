package io.github.posteriori.processor.check;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Source;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that the output of every layer reaches the logits. */
final class OutputsAreUsed implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    if (!sourcesExist(network)) {
      return;
    }
    for (Node node : network.nodes()) {
      if (!network.isLast(node) && network.consumersOf(node.name()).isEmpty()) {
        reporter.report(node.layer().field().place(), Message.UNUSED_OUTPUT, node.name());
      }
    }
  }

  /**
   * Returns whether all sources exist; a misspelt one is not also the fault of the intended layer.
   */
  private static boolean sourcesExist(Network network) {
    Set<String> earlier = new HashSet<>(List.of(BayesModel.INPUT));
    for (Node node : network.nodes()) {
      if (!node.sources().stream().map(Source::name).allMatch(earlier::contains)) {
        return false;
      }
      earlier.add(node.name());
    }
    return true;
  }
}
