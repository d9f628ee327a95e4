package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.StatedInput;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.Stated;

/** Checks that a stated {@code in} or {@code features} equals the actual number. */
final class StatedInputsAgree implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    for (Node node : network.nodes()) {
      StatedInput.of(node).ifPresent(input -> check(input, node, reporter));
    }
  }

  private static void check(StatedInput input, Node node, Reporter reporter) {
    input
        .arrives()
        .filter(arrives -> disagree(input.stated(), arrives))
        .ifPresent(
            arrives ->
                reporter.report(
                    input.stated().place(),
                    input.element().equals("in") ? Message.IN_DISAGREES : Message.FEATURES_DISAGREE,
                    input.stated().value(),
                    Described.input(node),
                    arrives,
                    input.unit()));
  }

  private static boolean disagree(Stated<Integer> stated, Count inferred) {
    return stated.value() >= 1 && inferred.differsFrom(stated.value()) && !inferred.isUncountable();
  }
}
