package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.infer.WeightShape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;

/** The numbers of one example, or of one tensor, can be counted by an {@code int}. */
final class SizesAreCountable implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    if (size(network.input()).isUncountable()) {
      report(network.spec().input().place(), "input", network.input(), reporter);
    }
    for (Node node : network.nodes()) {
      Place place = node.layer().field().place();
      boolean inherited = size(node.input()).isUncountable();
      if (size(node.output()).isUncountable() && !inherited && node.within().isEmpty()) {
        report(place, "output", node.output(), reporter);
      }
      WeightShape.of(node)
          .filter(weight -> weight.size().isUncountable() && !inherited)
          .ifPresent(
              weight -> reporter.report(place, Message.TOO_LARGE, "weight", weight, weight.size()));
    }
  }

  private static void report(Place place, String what, Shape shape, Reporter reporter) {
    reporter.report(place, Message.TOO_LARGE, what, shape, size(shape));
  }

  private static Count size(Shape shape) {
    if (shape instanceof Shape.Image image) {
      return image.size();
    }
    return shape instanceof Shape.Features features ? features.count() : Count.of(0);
  }
}
