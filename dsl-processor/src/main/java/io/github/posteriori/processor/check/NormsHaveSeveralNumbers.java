package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import java.math.BigInteger;

/** Checks that what a layer or group normalisation brings to one scale is more than a number. */
final class NormsHaveSeveralNumbers implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(LayerSpec.LayerNorm.class, (norm, node) -> check(node, 1, reporter));
    network.forEach(
        LayerSpec.GroupNorm.class, (norm, node) -> check(node, norm.groups().value(), reporter));
  }

  private static void check(Node node, int groups, Reporter reporter) {
    Count size = node.input().size();
    boolean isSingle = size.known().filter(BigInteger.valueOf(groups)::equals).isPresent();
    if (isSingle && groups >= 1) {
      reporter.report(
          node.layer().field().place(),
          Message.NORM_OF_SINGLE_NUMBERS,
          node.name(),
          Described.input(node),
          node.input());
    }
  }
}
