package io.github.posteriori.data.corruption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pixelate, JPEG and elastic transforms against Pillow, and by hand. */
class DigitalTest {

  @Test
  void pixelateTakesTheMeansOfBlocks() {
    Shape.Image shape = Shape.image(1, 4, 4);
    float[] image = TestImages.image(shape, (y, x) -> (4 * y + x) / 16);
    float[] blocks = TestImages.distorted(new Pixelate(0.5), shape, image, 1);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        assertEquals((4 * (y / 2 * 2) + x / 2 * 2 + 2.5) / 16, blocks[4 * y + x], 1e-6);
      }
    }
  }

  /** By {@code resize((int(12 * c), int(10 * c)), BOX).resize((12, 10), BOX)}, in bytes. */
  @Test
  void pixelateIsThatOfPillow() {
    assertPixelated(
        0.65,
        """
        93 93 152 147 147 72 72 130 130 124 118 118 93 93 152 147 147 72 72 130 130 124 118 118
        193 193 82 103 103 86 86 202 202 90 111 111
        188 188 169 151 151 126 126 167 167 214 196 196 188 188 169 151 151 126 126 167 167 214 196 196
        146 146 185 93 93 167 167 176 176 148 122 122 146 146 185 93 93 167 167 176 176 148 122 122
        124 124 189 124 124 124 124 124 124 58 124 124
        126 126 86 179 179 171 171 97 97 124 151 151 126 126 86 179 179 171 171 97 97 124 151 151\
        """);
  }

  private static void assertPixelated(double share, String bytes) {
    Shape.Image shape = Shape.image(1, 10, 12);
    float[] image = TestImages.uneven(shape);
    float[] expected = numbers(bytes);
    float[] found = TestImages.distorted(new Pixelate(share), shape, image, 1);
    assertArrayEquals(expected, found, 1.6f / 255);
  }

  private static float[] numbers(String bytes) {
    String[] words = bytes.strip().split("\\s+");
    float[] numbers = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Integer.parseInt(words[i]) / 255f;
    }
    return numbers;
  }

  /** By Pillow's encoder and decoder; rounding may differ. */
  @Test
  void jpegIsThatOfPillow() {
    Shape.Image shape = Shape.image(1, 8, 8);
    float[] image = TestImages.image(shape, (y, x) -> (23 * y + 11 * x) / 255);
    assertArrayEquals(
        numbers(
            """
            3 12 24 35 45 56 68 77 21 29 42 53 62 73 86 94 46 55 67 78 88 99 111 120
            70 79 91 102 112 123 135 144 92 101 113 124 134 145 157 166
            116 125 137 148 158 169 181 190 142 150 163 174 183 194 207 215
            159 168 180 191 201 212 224 233\
            """),
        TestImages.distorted(new JpegCompression(40), shape, image, 1),
        1.1f / 255);
  }

  /** Every fifth pixel of 16 x 16, three channels that differ, at quality 10. */
  @Test
  void jpegOfColoursIsThatOfPillow() {
    Shape.Image shape = Shape.image(3, 16, 16);
    float[] image = new float[shape.size()];
    for (int i = 0; i < 256; i++) {
      int y = i / 16 % 8;
      int x = i % 8;
      image[i] = (23 * y + 11 * x) / 255f;
      image[256 + i] = (23 * (7 - y) + 11 * x) / 255f;
      image[512 + i] = (23 * x + 11 * y) / 255f;
    }
    float[] found = TestImages.distorted(new JpegCompression(10), shape, image, 1);
    float[] expected =
        numbers(
            """
            8 67 24 84 99 157 116 173 63 120 79 137 152 212 169 228
            171 227 179 236 48 106 57 114 122 179 130 188 0 57 9 65
            0 57 43 115 91 165 151 224 12 85 71 145 121 193 179 252\
            """);
    for (int i = 0; i < expected.length; i++) {
      int at = i / 16 * 256 + i / 4 % 4 * 5 * 16 + i % 4 * 5;
      assertEquals(expected[i], found[at], 6f / 255, "number " + i);
    }
  }

  @Test
  void elasticTransformWithoutMovesIsTheImage() {
    Shape.Image shape = Shape.image(3, 9, 12);
    float[] image = TestImages.uneven(shape);
    assertArrayEquals(
        image, TestImages.distorted(new ElasticTransform(0, 0, 0), shape, image, 1), 1e-6f);
  }

  /** Ramps show where each pixel comes from. */
  @Test
  void elasticTransformMovesThreePointsByUpToItsShift() {
    Shape.Image shape = Shape.image(1, 30, 30);
    float[] rows = TestImages.image(shape, (y, x) -> y);
    float[] columns = TestImages.image(shape, (y, x) -> x);
    double furthest = 0;
    for (int key = 0; key < 50; key++) {
      float[] y = TestImages.distorted(new ElasticTransform(0, 0, 3), shape, rows, key);
      float[] x = TestImages.distorted(new ElasticTransform(0, 0, 3), shape, columns, key);
      for (int at : new int[] {25 * 30 + 25, 25 * 30 + 5, 5 * 30 + 5}) {
        double moved = Math.max(Math.abs(y[at] - at / 30), Math.abs(x[at] - at % 30));
        assertTrue(moved <= 3.001, "moved by " + moved);
        furthest = Math.max(furthest, moved);
      }
      for (float[] from : List.of(y, x)) {
        float middle = 2 * from[15 * 30 + 15];
        assertEquals(middle, from[12 * 30 + 15] + from[18 * 30 + 15], 1e-4, "affine");
        assertEquals(middle, from[15 * 30 + 12] + from[15 * 30 + 18], 1e-4, "affine");
      }
    }
    assertTrue(furthest > 2.5, "up to " + furthest);
  }

  @Test
  void elasticTransformMovesNeighboursAlike() {
    Shape.Image shape = Shape.image(1, 40, 40);
    float[] rows = TestImages.image(shape, (y, x) -> y);
    float[] smooth = TestImages.distorted(new ElasticTransform(40, 4, 0), shape, rows, 1);
    float[] rough = TestImages.distorted(new ElasticTransform(40, 0.5, 0), shape, rows, 1);
    double neighbours = 0;
    double moves = 0;
    double roughNeighbours = 0;
    for (int i = 10 * 40; i < 30 * 40; i++) {
      moves += Math.abs(smooth[i] - i / 40);
      neighbours += i % 40 == 0 ? 0 : Math.abs(smooth[i] - smooth[i - 1]);
      roughNeighbours += i % 40 == 0 ? 0 : Math.abs(rough[i] - rough[i - 1]);
    }
    assertTrue(moves / 800 > 0.5, "moves " + moves / 800);
    assertTrue(neighbours < 0.4 * moves, neighbours + " beside " + moves);
    assertTrue(roughNeighbours > 5 * neighbours);
  }
}
