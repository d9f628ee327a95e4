package io.github.posteriori.data;

import java.util.List;
import java.util.stream.Stream;

/** Handwritten shapes of the capital letters A to J. */
final class LetterGlyphs {
  static final List<List<Glyph>> STYLES =
      List.of(
          styles( // A: pointed, round at the top, low bar
              "50 5 18 95 / 50 5 82 95 / 30 62 72 60",
              "20 95 26 45 50 6 74 45 80 95 / 24 60 77 58",
              "54 6 36 40 16 95 / 54 6 68 44 86 95 / 24 72 80 68"),
          styles( // B: pointed waist, in one sweep from a stem, slim
              "28 6 26 95 / 28 6 62 8 70 26 58 42 27 48 / 27 48 66 52 78 72 62 92 26 95",
              "20 12 58 5 74 22 58 42 36 47 / 36 47 72 52 80 76 56 94 20 92 / 32 9 30 93",
              "32 5 30 95 / 32 5 60 16 58 38 31 50 / 31 50 66 62 66 86 30 95"),
          styles( // C: round, with a serif, wide
              "78 20 52 6 26 26 20 54 30 84 56 95 80 80",
              "74 6 74 26 / 74 26 56 8 30 22 20 54 32 86 58 95 80 82",
              "84 16 58 8 28 18 14 50 28 84 58 94 86 82"),
          styles( // D: plain, overshooting the stem, slim
              "28 6 28 95 / 28 6 62 14 80 48 64 84 28 95",
              "18 10 54 7 80 32 80 66 54 93 16 94 / 32 9 30 94",
              "34 6 32 95 / 34 6 60 22 68 52 58 82 32 95"),
          styles( // E: angular, round, middle bar longer
              "76 8 28 8 / 28 8 26 94 / 26 94 78 94 / 27 50 66 50",
              "74 16 50 5 28 22 36 44 56 48 / 56 48 32 52 22 76 46 95 78 84",
              "72 6 32 10 / 32 10 26 92 / 26 92 74 94 / 29 52 78 48"),
          styles( // F: angular, with a curved top, leaning bar
              "76 8 28 8 / 28 8 28 95 / 28 48 66 48",
              "82 10 56 9 20 14 / 42 11 38 60 30 95 / 38 50 68 46",
              "30 6 26 95 / 30 6 80 4 / 28 44 72 40"),
          styles( // G: with a spur, with a crossbar, in one sweep
              "78 20 52 6 26 24 20 56 34 88 60 94 78 78 / 78 78 78 54 / 78 54 52 54",
              "76 16 50 5 24 32 22 68 46 95 74 82 74 54 / 50 56 92 52",
              "80 18 54 5 24 26 20 62 44 94 72 84 80 58 54 56"),
          styles( // H: upright, leaning bar, narrow
              "24 6 24 95 / 76 6 76 95 / 24 50 76 50",
              "28 5 22 95 / 80 8 74 95 / 14 58 86 44",
              "32 5 30 95 / 68 5 70 95 / 31 52 69 52"),
          styles( // I: with bars, leaning with bars
              "50 6 50 95 / 26 6 74 6 / 26 95 74 95", "56 6 46 95 / 32 8 80 4 / 22 95 70 94"),
          styles( // J: hook, hook under a bar, wide hook
              "64 6 64 70 52 94 30 92 20 72",
              "64 6 64 70 52 94 32 92 22 74 / 36 6 90 6",
              "72 5 72 66 56 93 28 92 14 66 / 44 6 94 4"));

  private LetterGlyphs() {}

  private static List<Glyph> styles(String... texts) {
    return Stream.of(texts).map(Glyph::parse).toList();
  }
}
