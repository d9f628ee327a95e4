package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.math.BigInteger;

/**
 * Checks that the groups of a convolution divide its input and output channels, and those of a
 * group normalisation its channels or features.
 */
final class GroupsDivide implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(LayerSpec.Filtering.class, (conv, node) -> check(conv, node.input(), reporter));
    network.forEach(LayerSpec.GroupNorm.class, (norm, node) -> check(norm, node.input(), reporter));
  }

  private static void check(LayerSpec.Filtering conv, Shape input, Reporter reporter) {
    if (input instanceof Shape.Image image) {
      check(conv.groups(), image.channels(), "input channels", reporter);
    }
    if (conv.out().value() >= 1) {
      check(conv.groups(), Count.of(conv.out().value()), "output channels", reporter);
    }
  }

  private static void check(LayerSpec.GroupNorm norm, Shape input, Reporter reporter) {
    String what = input instanceof Shape.Image ? "channels" : "features";
    check(norm.groups(), input.channels(), what, reporter);
  }

  private static void check(
      Stated<Integer> groups, Count channels, String what, Reporter reporter) {
    if (groups.value() <= 1) {
      return;
    }
    channels
        .known()
        .filter(number -> number.mod(BigInteger.valueOf(groups.value())).signum() != 0)
        .ifPresent(
            number ->
                reporter.report(
                    groups.place(),
                    Message.GROUPS_DO_NOT_DIVIDE,
                    groups.value(),
                    number + " " + what));
  }
}
