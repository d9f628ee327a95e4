package io.github.posteriori.processor.emit;

import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Pair;
import io.github.posteriori.processor.spec.Window;

/** Describes windows in documentation, such as {@code 5x5, stride 2x2}. */
final class WindowWords {
  private WindowWords() {}

  /** Describes the window of a layer whose default stride is one pixel. */
  static String ofConvolution(LayerSpec.Windowed layer) {
    return of(layer, Pair.square(1));
  }

  /** Describes the window of a layer whose default stride is its kernel. */
  static String ofPool(LayerSpec.Windowed layer) {
    return of(layer, layer.window().window().orElseThrow().kernel());
  }

  private static String of(LayerSpec.Windowed layer, Pair usualStride) {
    Window window = layer.window().window().orElseThrow();
    return window.kernel()
        + unless(usualStride, "stride", window.stride())
        + unless(Pair.square(0), "padding", window.padding())
        + unless(Pair.square(1), "dilation", window.dilation());
  }

  private static String unless(Pair usual, String part, Pair value) {
    return value.equals(usual) ? "" : ", " + part + " " + value;
  }
}
