package io.github.posteriori.data;

import java.util.List;
import java.util.stream.Stream;

/** Handwritten shapes of the digits 0 to 9. */
final class DigitGlyphs {
  static final List<List<Glyph>> STYLES =
      List.of(
          styles( // 0: oval, open at the top, narrow
              "50 5 24 20 18 50 26 82 50 95 75 80 82 50 74 18 50 5",
              "60 8 32 12 18 44 26 82 50 95 76 78 82 44 66 14 46 5",
              "52 5 36 22 31 50 36 80 50 95 65 80 70 50 66 22 52 5"),
          styles( // 1: a bar, with a serif, with a serif and a base, slanted
              "50 5 50 95",
              "34 28 54 5 / 54 5 54 95",
              "32 24 54 5 / 54 5 54 95 / 32 95 76 95",
              "62 5 40 95"),
          styles( // 2: straight base, with a loop, wavy base
              "20 25 35 8 58 6 75 22 68 46 45 70 18 94 / 18 94 82 92",
              "20 24 38 6 64 8 74 28 60 56 36 84 20 88 22 74 40 78 60 92 84 86",
              "22 20 42 6 68 12 72 34 50 64 20 93 / 20 93 40 86 60 94 84 86"),
          styles( // 3: round, flat at the top, in one sweep
              "22 16 45 5 70 14 70 34 44 46 / 44 46 74 54 80 76 56 94 20 84",
              "20 8 76 8 / 76 8 46 42 / 46 42 76 52 80 78 54 95 20 84",
              "20 18 48 5 70 22 52 44 38 47 52 49 78 66 62 93 18 86"),
          styles( // 4: open, closed, open with a bent bar
              "32 8 18 58 / 18 58 86 56 / 64 26 62 95",
              "66 5 14 66 / 14 66 88 66 / 66 5 66 95",
              "24 8 20 36 28 55 48 58 84 50 / 72 10 66 50 62 95"),
          styles( // 5: angular, with the bar written last, in one sweep
              "76 7 32 7 / 32 7 28 44 / 28 44 52 37 76 52 74 80 48 95 20 84",
              "32 10 26 46 / 26 46 54 38 78 60 66 88 40 95 18 86 / 32 10 80 6",
              "78 7 52 8 32 10 / 32 10 28 42 54 40 78 60 70 86 44 95 20 86"),
          styles( // 6: curved, nearly straight, small loop
              "68 6 40 26 22 60 30 88 54 95 76 80 70 58 48 52 24 68",
              "60 4 36 36 22 68 38 92 62 92 76 72 60 54 38 58 23 74",
              "72 12 50 6 28 34 22 68 38 93 64 90 74 70 58 57 36 63 24 76"),
          styles( // 7: plain, with a bar, with a serif, curved
              "18 10 80 10 / 80 10 44 95",
              "18 10 80 10 / 80 10 44 95 / 38 52 76 50",
              "20 26 22 9 / 22 9 80 10 / 80 10 58 40 46 95",
              "16 16 40 8 80 12 / 80 12 62 46 54 95"),
          styles( // 8: figure of eight, two rings, open at the top
              "72 18 50 5 28 18 34 38 52 49 74 66 72 86 50 95 26 86 26 66 48 49 66 36 72 18",
              "50 5 30 14 28 32 50 46 70 32 70 14 50 5 / 50 46 26 58 24 82 50 95 76 82 74 58 50 46",
              "72 14 46 5 28 20 40 42 66 58 74 78 52 95 26 82 38 58 62 40 76 18"),
          styles( // 9: curved tail, straight tail, leaning
              "74 28 54 48 28 40 27 16 50 5 72 12 74 28 / 74 28 74 66 56 94 26 88",
              "72 26 52 48 28 40 27 16 50 5 70 12 72 26 / 72 26 66 95",
              "74 14 48 5 26 22 32 46 58 44 74 14 / 74 14 72 56 60 95"));

  private DigitGlyphs() {}

  private static List<Glyph> styles(String... texts) {
    return Stream.of(texts).map(Glyph::parse).toList();
  }
}
