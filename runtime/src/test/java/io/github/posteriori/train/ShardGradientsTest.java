package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shards are summed over a tree that their number alone decides. */
class ShardGradientsTest {

  private static ShardGradients sum(float... numbers) {
    List<ShardGradients> shards =
        Stream.iterate(0, i -> i < numbers.length, i -> i + 1)
            .map(
                i ->
                    new ShardGradients(
                        new float[][] {{numbers[i]}}, new double[] {numbers[i]}, new float[0][]))
            .toList();
    return ShardGradients.sum(shards);
  }

  @Test
  void neighboursAreSummedInPairsAndThenPairsOfPairs() {
    float big = 1 << 24; // to which 1 adds nothing
    assertArrayEquals(new float[] {0}, sum(big, 1, -big).gradients()[0]);
    assertArrayEquals(new float[] {2}, sum(1, 1, big, -big).gradients()[0]);
    assertArrayEquals(new float[] {1}, sum(1, big, 1, -big).gradients()[0]);
    assertArrayEquals(new float[] {2}, sum(big, 1, 1, -big, 1).gradients()[0]);
    assertArrayEquals(new float[] {7}, sum(7).gradients()[0]);
    assertArrayEquals(new double[] {15}, sum(1, 2, 3, 4, 5).totals());
  }
}
