package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;

/**
 * Checks that no max-pool takes the output of a dropout, which preserves the expected mean of its
 * input but not the expected maximum.
 */
final class DropoutIsBehindPools implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(
        LayerSpec.Dropout.class,
        (dropout, node) -> {
          for (Node consumer : network.consumersOf(dropout.name())) {
            if (consumer.layer() instanceof LayerSpec.Pool pool
                && pool.kind() == LayerSpec.Pool.Kind.MAX) {
              reporter.report(
                  dropout.field().place(),
                  Message.DROPOUT_BEFORE_POOL,
                  dropout.name(),
                  pool.name());
            }
          }
        });
  }
}
