package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Characters that the program writes itself, as if by hand: no files and no network.
 *
 * <p>Each is {@code [1, 32, 32]}, light ink on dark paper, one of ten classes. Example {@code i} of
 * a seed is always the same, whatever the count, the machine and the number of threads, so a
 * smaller set is the beginning of a larger one. Any ten examples that begin at a multiple of ten
 * hold every class once. For training and testing use two seeds.
 */
public final class Digits {
  private static final int SIDE = 32;
  private static final int CLASSES = 10;

  private Digits() {}

  /**
   * The digits 0 to 9, a set named "digits".
   *
   * @throws IllegalArgumentException if {@code count} is below 1 or too large for an array of
   *     pixels
   */
  public static Dataset digits(int count, long seed) {
    return draw("digits", DigitGlyphs.STYLES, count, seed);
  }

  /**
   * The capital letters A to J (classes 0 to 9), a set named "letters": what a network that knows
   * digits should be unsure about.
   *
   * @throws IllegalArgumentException if {@code count} is below 1 or too large for an array of
   *     pixels
   */
  public static Dataset letters(int count, long seed) {
    return draw("letters", LetterGlyphs.STYLES, count, seed);
  }

  private static Dataset draw(String name, List<List<Glyph>> styles, int count, long seed) {
    int most = Integer.MAX_VALUE / (SIDE * SIDE);
    if (count < 1 || count > most) {
      throw new IllegalArgumentException("count is " + count + ", expected 1 to " + most);
    }
    byte[] pixels = new byte[count * SIDE * SIDE];
    int[] labels = labels(name, count, seed);
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              KeyedRandom random = KeyedRandom.of(name, seed, i);
              List<Glyph> style = styles.get(labels[i]);
              Glyph glyph = style.get(random.below(style.size()));
              Handwriting.write(glyph, random, pixels, i * SIDE * SIDE, SIDE);
            });
    return new ByteImages(name, Shape.image(1, SIDE, SIDE), CLASSES, pixels, labels);
  }

  private static int[] labels(String name, int count, long seed) {
    int[] labels = new int[count];
    for (int first = 0; first < count; first += CLASSES) {
      int[] block = KeyedRandom.of(name + " labels", seed, first).permutation(CLASSES);
      System.arraycopy(block, 0, labels, first, Math.min(CLASSES, count - first));
    }
    return labels;
  }
}
