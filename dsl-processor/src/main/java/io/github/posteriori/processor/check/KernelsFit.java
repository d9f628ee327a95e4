package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Window;

/** Checks that a dilated kernel is no larger than its padded input. */
final class KernelsFit implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(
        LayerSpec.Windowed.class,
        (layer, node) -> {
          if (node.input() instanceof Shape.Image image
              && !(layer instanceof LayerSpec.ConvTranspose)) {
            layer.window().window().ifPresent(window -> check(layer, window, image, reporter));
          }
        });
  }

  private static void check(
      LayerSpec.Windowed layer, Window window, Shape.Image image, Reporter reporter) {
    long rows = window.down().span();
    long columns = window.across().span();
    Count height = image.height().plus(2L * window.padding().rows());
    Count width = image.width().plus(2L * window.padding().columns());
    if (height.isBelow(rows) || width.isBelow(columns)) {
      reporter.report(
          layer.window().kernel().place(),
          Message.KERNEL_TOO_LARGE,
          rows + "x" + columns,
          height,
          width);
    }
  }
}
