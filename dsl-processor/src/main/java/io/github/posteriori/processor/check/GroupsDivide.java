package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import java.math.BigInteger;

/** Checks that the groups of a convolution divide its input and output channels. */
final class GroupsDivide implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(LayerSpec.Conv.class, (conv, node) -> check(conv, node.input(), reporter));
  }

  private static void check(LayerSpec.Conv conv, Shape input, Reporter reporter) {
    if (conv.groups().value() > 1) {
      if (input instanceof Shape.Image image) {
        check(conv, image.channels(), "input channels", reporter);
      }
      if (conv.out().value() >= 1) {
        check(conv, Count.of(conv.out().value()), "output channels", reporter);
      }
    }
  }

  private static void check(LayerSpec.Conv conv, Count channels, String what, Reporter reporter) {
    BigInteger groups = BigInteger.valueOf(conv.groups().value());
    channels
        .known()
        .filter(number -> number.mod(groups).signum() != 0)
        .ifPresent(
            number ->
                reporter.report(
                    conv.groups().place(),
                    Message.GROUPS_DO_NOT_DIVIDE,
                    groups,
                    number + " " + what));
  }
}
