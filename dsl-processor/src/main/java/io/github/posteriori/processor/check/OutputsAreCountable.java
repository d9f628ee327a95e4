package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import java.math.BigInteger;

/** The numbers of one example can be counted by an {@code int}, as the runtime does. */
final class OutputsAreCountable implements Rule {
  private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

  @Override
  public void check(Network network, Reporter reporter) {
    if (isUncountable(network.input())) {
      report(network.spec().input().place(), "input", network.input(), reporter);
    }
    for (Node node : network.nodes()) {
      if (isUncountable(node.output()) && !isUncountable(node.input())) {
        report(node.layer().field().place(), "output", node.output(), reporter);
      }
    }
  }

  private static void report(Place place, String what, Shape shape, Reporter reporter) {
    reporter.report(place, Message.TOO_LARGE, what, shape, ((Shape.Image) shape).size());
  }

  private static boolean isUncountable(Shape shape) {
    return shape instanceof Shape.Image image
        && image.size().known().filter(size -> size.compareTo(MOST) > 0).isPresent();
  }
}
