package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;

/** Checks that the size of an example, and of a tensor, fits an {@code int}. */
final class SizesAreCountable implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    if (network.input().size().isUncountable()) {
      report(network.spec().input().place(), "input", network.input(), reporter);
    }
    for (Node node : network.nodes()) {
      Place place = node.layer().field().place();
      boolean inherited = node.input().size().isUncountable();
      if (node.output().size().isUncountable() && !inherited && node.within().isEmpty()) {
        report(place, "output", node.output(), reporter);
      }
      node.weight()
          .filter(weight -> weight.size().isUncountable() && !inherited)
          .ifPresent(
              weight -> reporter.report(place, Message.TOO_LARGE, "weight", weight, weight.size()));
    }
  }

  private static void report(Place place, String what, Shape shape, Reporter reporter) {
    reporter.report(place, Message.TOO_LARGE, what, shape, shape.size());
  }
}
