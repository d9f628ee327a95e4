package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tables say where each pixel's factors lie. */
class ConvOffsetsTest {
  private static final int WIDTH = Lanes.FULL;

  private static final Geometry MAP =
      new Geometry(
          Shape.image(6, 9, 8),
          Shape.image(14, 5, 8),
          Window.kernel(3, 2).stride(2, 1).padding(1, 1).dilation(1, 2),
          2);

  /** What an output reads, tap by tap, as the definition of a convolution has it. */
  @Test
  void anOutputReadsEachTapOnTheImage() {
    ConvOffsets found = MAP.forward(WIDTH);
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 8; column++) {
        int pixel = row * 8 + column;
        List<String> expected = new ArrayList<>();
        for (int channel = 0; channel < 3; channel++) {
          for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 2; c++) {
              int y = 2 * row - 1 + r;
              int x = column - 1 + 2 * c;
              if (y >= 0 && y < 9 && x >= 0 && x < 8) {
                int weight = ((channel * 3 + r) * 2 + c) * Lanes.ROWS;
                expected.add(weight + " times " + ((channel * 9 + y) * 8 + x) * WIDTH);
              }
            }
          }
        }
        assertEquals(expected, terms(found, pixel), "pixel " + pixel);
      }
    }
  }

  private static List<String> terms(ConvOffsets found, int pixel) {
    List<String> terms = new ArrayList<>();
    for (int t = 0; t < found.sources(pixel).length; t++) {
      terms.add(
          found.weights(pixel)[t] + " times " + (found.base(pixel) + found.sources(pixel)[t]));
    }
    return terms;
  }

  @Test
  void anInputIsReachedByTheOutputsThatReadIt() {
    ConvOffsets found = MAP.backward(WIDTH);
    List<Tile> tiles = Tiles.of(1, 7);
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 8; x++) {
        TreeSet<String> expected = new TreeSet<>();
        for (int output = 0; output < 7; output++) {
          Tile tile = Tiles.holding(output, tiles);
          for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 2; c++) {
              int row = (y + 1 - r) / 2;
              int column = x + 1 - 2 * c;
              if ((y + 1 - r) % 2 == 0 && row >= 0 && row < 5 && column >= 0 && column < 8) {
                int taps = tile.index() * MAP.fanIn() + r * 2 + c;
                int weight = taps * Lanes.ROWS + output - tile.first();
                expected.add(weight + " times " + ((output * 5 + row) * 8 + column) * WIDTH);
              }
            }
          }
        }
        int pixel = y * 8 + x;
        assertEquals(expected, new TreeSet<>(terms(found, pixel)), "pixel " + pixel);
        assertEquals(expected.size(), found.sources(pixel).length, "terms of pixel " + pixel);
      }
    }
  }

  @Test
  void pixelsWhoseWindowsReadAlikeShareTheirTables() {
    ConvOffsets found = MAP.forward(WIDTH);
    assertSame(found.sources(8 + 2), found.sources(2 * 8 + 5));
    assertSame(found.weights(8 + 2), found.weights(2 * 8 + 5));
    assertNotSame(found.sources(2), found.sources(8 + 2), "the first row is in the padding");
  }
}
