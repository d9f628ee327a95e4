package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Pair;
import io.github.posteriori.processor.spec.Window;

/**
 * Checks that the output padding of a transposed convolution is below its stride or dilation, as
 * PyTorch has it, and that its padding leaves something of the output.
 */
final class TransposedOutputsFit implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(
        LayerSpec.ConvTranspose.class,
        (conv, node) ->
            conv.window()
                .window()
                .ifPresent(
                    window ->
                        conv.extra()
                            .pair()
                            .ifPresent(
                                extra -> check(conv, window, extra, node.input(), reporter))));
  }

  private static void check(
      LayerSpec.ConvTranspose conv, Window window, Pair extra, Shape input, Reporter reporter) {
    Pair stride = window.stride();
    Pair dilation = window.dilation();
    if (extra.rows() >= Math.max(stride.rows(), dilation.rows())
        || extra.columns() >= Math.max(stride.columns(), dilation.columns())) {
      reporter.report(
          conv.outputPadding().place(), Message.OUTPUT_PADDING_TOO_LARGE, extra, stride, dilation);
    } else if (input instanceof Shape.Image image) {
      Count height = image.height().spread(window.down(), extra.rows());
      Count width = image.width().spread(window.across(), extra.columns());
      if (height.isBelow(1) || width.isBelow(1)) {
        reporter.report(
            conv.window().padding().place(),
            Message.TRANSPOSED_OUTPUT_VANISHES,
            window.padding(),
            height,
            width);
      }
    }
  }
}
