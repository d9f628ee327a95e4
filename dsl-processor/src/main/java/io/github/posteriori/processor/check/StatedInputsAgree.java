package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;

/** A stated {@code in} or {@code features} is the number that arrives. */
final class StatedInputsAgree implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    for (Node node : network.nodes()) {
      LayerSpec layer = node.layer();
      if (layer instanceof LayerSpec.Linear linear
          && node.input() instanceof Shape.Features features
          && disagree(linear.in(), features.count())) {
        report(Message.IN_DISAGREES, linear.in(), node, features.count(), "features", reporter);
      }
      if (layer instanceof LayerSpec.Conv conv
          && node.input() instanceof Shape.Image image
          && disagree(conv.in(), image.channels())) {
        report(Message.IN_DISAGREES, conv.in(), node, image.channels(), "channels", reporter);
      }
      if (layer instanceof LayerSpec.Flatten flatten
          && node.input() instanceof Shape.Image image
          && disagree(flatten.features(), image.size())) {
        report(
            Message.FEATURES_DISAGREE, flatten.features(), node, image.size(), "numbers", reporter);
      }
    }
  }

  private static boolean disagree(Stated<Integer> stated, Count inferred) {
    return stated.value() >= 1 && inferred.differsFrom(stated.value()) && !inferred.isUncountable();
  }

  private static void report(
      Message message,
      Stated<Integer> stated,
      Node node,
      Count inferred,
      String unit,
      Reporter reporter) {
    reporter.report(stated.place(), message, stated.value(), Described.input(node), inferred, unit);
  }
}
