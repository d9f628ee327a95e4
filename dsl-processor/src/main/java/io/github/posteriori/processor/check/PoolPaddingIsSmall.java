package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Window;

/** Every window of a pool holds some of the image. */
final class PoolPaddingIsSmall implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    for (Node node : network.nodes()) {
      if (node.layer() instanceof LayerSpec.Pool pool) {
        pool.window()
            .window()
            .filter(PoolPaddingIsSmall::exceedsHalf)
            .ifPresent(
                window ->
                    reporter.report(
                        pool.window().padding().place(),
                        Message.POOL_PADDING,
                        window.padding(),
                        window.kernel()));
      }
    }
  }

  private static boolean exceedsHalf(Window window) {
    return window.padding().rows() > window.kernel().rows() / 2
        || window.padding().columns() > window.kernel().columns() / 2;
  }
}
