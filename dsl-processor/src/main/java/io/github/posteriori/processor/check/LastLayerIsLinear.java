package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import java.util.List;

/** Checks that the logits come from a linear layer, unless the network is a block of another. */
final class LastLayerIsLinear implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    List<LayerSpec> layers = network.flatLayers().toList();
    if (layers.isEmpty() || network.spec().isBlock()) {
      return;
    }
    LayerSpec last = layers.get(layers.size() - 1);
    if (!(last instanceof LayerSpec.Linear)
        && !(last instanceof LayerSpec.Custom)
        && !(last instanceof LayerSpec.Unreadable)
        && network.isComplete()) {
      Node node = network.last();
      reporter.report(
          node.layer().field().place(),
          Message.LAST_NOT_LINEAR,
          node.name(),
          node.layer().annotation());
    }
  }
}
