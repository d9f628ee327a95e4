package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks are narrow where activations, more than weights, come from beyond the cache. */
class BlockWidthTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "activations that a full block keeps in the cache, 6, 6, 8, false",
    "activations that no block keeps in the cache, 32, 128, 32, true",
    "more weights than activations, 512, 4, 512, false"
  })
  void followsWhatBlocksRead(String what, int channels, int side, int outputs, boolean narrow) {
    Chain module =
        Chain.of(
            ModuleOptions.defaults(),
            build -> {
              NetworkLayer conv =
                  build.bayesConv(
                      "conv",
                      Shape.image(channels, side, side),
                      Filters.of(outputs, Window.kernel(3, 3).padding(1, 1)));
              NetworkLayer pool = build.avgPool("pool", conv.output(), Window.kernel(side, side));
              return List.<NetworkLayer[]>of(new NetworkLayer[] {conv, pool});
            });
    int expected = narrow ? Lanes.LENGTH : Lanes.FULL;
    assertEquals(expected, BlockWidth.of(module.network()), what);
  }
}
