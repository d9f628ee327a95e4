package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import java.util.Optional;

/** Checks that windows get images, linear layers get features, and one flatten is between them. */
final class ShapesAreOfOneKind implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    for (Node node : network.nodes()) {
      fault(node)
          .ifPresent(
              message ->
                  reporter.report(
                      node.layer().field().place(),
                      message,
                      node.name(),
                      Described.input(node),
                      node.input()));
    }
  }

  private static Optional<Message> fault(Node node) {
    LayerSpec layer = node.layer();
    if (node.input() instanceof Shape.Unknown || node.input().suits(layer.takes())) {
      return Optional.empty();
    }
    if (layer.takes() == LayerSpec.Takes.FEATURES) {
      return Optional.of(Message.NOT_FLATTENED);
    }
    return Optional.of(
        layer instanceof LayerSpec.Flatten ? Message.FLATTENED_TWICE : Message.NEEDS_IMAGE);
  }
}
