package io.github.posteriori.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Orders in which examples change their positions within the part that each belongs to. */
final class PartOrder {
  private PartOrder() {}

  /**
   * Returns the example at each position.
   *
   * @param parts the part of each position, from 0
   * @param belonging a permutation of the examples: the example at a position is of its part
   * @param shuffled a permutation of the examples: those of a part are in its order
   */
  static int[] of(int[] parts, int[] belonging, int[] shuffled) {
    int count = Arrays.stream(parts).max().orElse(-1) + 1;
    int[] partOf = new int[parts.length];
    int[] next = new int[count];
    int[][] positions = new int[count][];
    for (int p = 0; p < count; p++) {
      positions[p] = positions(parts, p);
    }
    for (int position = 0; position < parts.length; position++) {
      partOf[belonging[position]] = parts[position];
    }
    int[] order = new int[parts.length];
    for (int example : shuffled) {
      int part = partOf[example];
      order[positions[part][next[part]++]] = example;
    }
    return order;
  }

  private static int[] positions(int[] parts, int part) {
    return IntStream.range(0, parts.length).filter(i -> parts[i] == part).toArray();
  }
}
