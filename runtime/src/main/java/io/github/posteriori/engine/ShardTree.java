package io.github.posteriori.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The binary tree over which the numbers of shards are combined. The number of shards alone decides
 * it: neighbours in pairs, then pairs of pairs. So a result has the same bits wherever the shards
 * were computed.
 */
public final class ShardTree {
  private ShardTree() {}

  /**
   * Combines the values of all shards.
   *
   * @param shards at least one
   */
  public static <T> T reduce(List<T> shards, BinaryOperator<T> combine) {
    List<T> level = shards;
    while (level.size() > 1) {
      List<T> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add(
            i + 1 < level.size() ? combine.apply(level.get(i), level.get(i + 1)) : level.get(i));
      }
      level = above;
    }
    return level.get(0);
  }
}
