package io.github.posteriori.onnx;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.layers.CustomLayer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Networks drawn at random that have no layer of a user's own, by their seeds. */
final class ExportableNetworks {
  private ExportableNetworks() {}

  static Stream<DrawnNetwork> drawn(int count) {
    return LongStream.iterate(0, seed -> seed + 1)
        .mapToObj(DrawnNetwork::small)
        .filter(
            network ->
                network.module(ModuleOptions.defaults()).network().layers().stream()
                    .noneMatch(CustomLayer.class::isInstance))
        .limit(count);
  }
}
