package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Slide;
import io.github.posteriori.processor.spec.Window;

/** Checks that every window covers a part of the image. */
final class PaddingIsSmall implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(
        LayerSpec.Windowed.class,
        (layer, node) ->
            layer
                .window()
                .window()
                .filter(window -> isTooLarge(layer, window))
                .ifPresent(window -> report(layer, window, reporter)));
  }

  private static void report(LayerSpec.Windowed layer, Window window, Reporter reporter) {
    reporter.report(
        layer.window().padding().place(),
        Message.PADDING_TOO_LARGE,
        window.padding(),
        window.kernel(),
        layer instanceof LayerSpec.Pool
            ? "at most half the kernel"
            : "less than the kernel spans, which is "
                + window.down().span()
                + "x"
                + window.across().span());
  }

  private static boolean isTooLarge(LayerSpec layer, Window window) {
    return isTooLarge(layer, window.down()) || isTooLarge(layer, window.across());
  }

  private static boolean isTooLarge(LayerSpec layer, Slide slide) {
    return layer instanceof LayerSpec.Pool
        ? slide.padding() > slide.kernel() / 2
        : slide.padding() >= slide.span();
  }
}
