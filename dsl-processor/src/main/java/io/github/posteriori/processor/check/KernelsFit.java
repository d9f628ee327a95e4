package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Window;

/** A kernel, spread by its dilation, is no larger than its input with the border. */
final class KernelsFit implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    for (Node node : network.nodes()) {
      if (node.layer() instanceof LayerSpec.Windowed layer
          && node.input() instanceof Shape.Image image) {
        layer.window().window().ifPresent(window -> check(layer, window, image, reporter));
      }
    }
  }

  private static void check(
      LayerSpec.Windowed layer, Window window, Shape.Image image, Reporter reporter) {
    long rows = span(window.kernel().rows(), window.dilation().rows());
    long columns = span(window.kernel().columns(), window.dilation().columns());
    Count height = image.height().plus(2L * window.padding().rows());
    Count width = image.width().plus(2L * window.padding().columns());
    if (isBelow(height, rows) || isBelow(width, columns)) {
      reporter.report(
          layer.window().kernel().place(),
          Message.KERNEL_TOO_LARGE,
          rows + "x" + columns,
          height,
          width);
    }
  }

  private static long span(int kernel, int dilation) {
    return (long) dilation * (kernel - 1) + 1;
  }

  private static boolean isBelow(Count size, long span) {
    return size.known().filter(known -> known.longValueExact() < span).isPresent();
  }
}
