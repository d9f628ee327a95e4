package io.github.posteriori.drawn;

import java.util.List;
import java.util.Random;

/** Random choices, the same for a seed on every JVM. */
final class Dice {
  /** Spreads neighbouring seeds, whose first numbers would be alike. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Random random;

  Dice(long seed) {
    this.random = new Random((seed + 1) * SPREAD);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Draws an integer from {@code least} to {@code most}. */
  int from(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
