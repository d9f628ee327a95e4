package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.List;

/**
 * Synthetic handwritten characters, which need neither files nor a network connection.
 *
 * <p>Each image is {@code [1, 32, 32]}, light ink on dark paper, of one of ten classes. Example
 * {@code i} of a random seed does not depend on the count, the machine or the number of threads, so
 * a smaller set is the beginning of a larger one. Any ten examples that begin at a multiple of ten
 * contain every class once. Training and testing need different seeds.
 */
public final class Digits {
  private static final int SIDE = 32;
  private static final int CLASSES = 10;

  /** The names of the digits' classes. */
  static final List<String> DIGITS = ClassNames.numbers(CLASSES).names();

  /** The names of the letters' classes. */
  static final List<String> LETTERS = List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J");

  private Digits() {}

  /**
   * Creates the set "digits", the digits 0 to 9.
   *
   * @throws IllegalArgumentException if {@code count} is below 1 or too large for an array of
   *     pixels
   */
  public static Dataset digits(int count, long seed) {
    return draw("digits", DIGITS, DigitGlyphs.STYLES, count, seed);
  }

  /**
   * Creates the set "letters", the capital letters A to J (classes 0 to 9), of which a network
   * trained on digits should be uncertain.
   *
   * @throws IllegalArgumentException if {@code count} is below 1 or too large for an array of
   *     pixels
   */
  public static Dataset letters(int count, long seed) {
    return draw("letters", LETTERS, LetterGlyphs.STYLES, count, seed);
  }

  private static Dataset draw(
      String name, List<String> classNames, List<List<Glyph>> styles, int count, long seed) {
    int most = Integer.MAX_VALUE / (SIDE * SIDE);
    if (count < 1 || count > most) {
      throw new IllegalArgumentException("count is " + count + ", expected 1 to " + most);
    }
    return new DrawnImages(
        name,
        Shape.image(1, SIDE, SIDE),
        classNames,
        labels(name, count, seed),
        (index, label) -> draw(styles.get(label), KeyedRandom.of(name, seed, index)));
  }

  private static byte[] draw(List<Glyph> style, KeyedRandom random) {
    byte[] pixels = new byte[SIDE * SIDE];
    Handwriting.write(style.get(random.below(style.size())), random, pixels, 0, SIDE);
    return pixels;
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
