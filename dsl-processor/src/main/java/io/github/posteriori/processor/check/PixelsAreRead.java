package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.LeftOut;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;

/** Notes pixels that no window reads, which is often intended. */
final class PixelsAreRead implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    for (Node node : network.nodes()) {
      LeftOut.by(node)
          .ifPresent(
              leftOut ->
                  reporter.report(
                      node.layer().field().place(),
                      Message.PIXELS_LEFT_OUT,
                      node.name(),
                      leftOut,
                      node.input()));
    }
  }
}
