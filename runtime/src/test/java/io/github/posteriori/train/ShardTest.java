package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.Batch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {
  /** Image i has the pixels 10 (first + i) and 10 (first + i) + 1, and the class i. */
  private static Batch batch(int count, int first) {
    float[] images = new float[2 * count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      images[2 * i] = 10 * (first + i);
      images[2 * i + 1] = 10 * (first + i) + 1;
      labels[i] = i;
    }
    return new Batch(images, labels, count, first);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "3, 3", "7, 3", "8, 3", "256, 5", "1, 9"})
  void sharesTakeEachExampleOnceAndInOrder(int examples, int shards) {
    Batch batch = batch(examples, 40);
    int next = 0;
    for (int s = 0; s < shards; s++) {
      Batch own = new Shard(s, shards).of(batch);
      assertEquals(40 + next, own.first());
      assertEquals(2 * own.count(), own.images().length);
      for (int i = 0; i < own.count(); i++) {
        assertEquals(10 * (40 + next), own.images()[2 * i]);
        assertEquals(10 * (40 + next) + 1, own.images()[2 * i + 1]);
        assertEquals(next, own.labels()[i]);
        next++;
      }
      assertTrue(own.count() >= examples / shards && own.count() <= examples / shards + 1);
    }
    assertEquals(examples, next);
  }

  @ParameterizedTest
  @CsvSource({"10, 4, 3", "12, 4, 4", "61, 10, 4", "5, 2, 3", "7, 100, 3"})
  void anExampleOfAnEpochIsInTheShareThatItsPositionSays(int examples, int size, int shards) {
    int[] found = new int[shards];
    for (int first = 0; first < examples; first += size) {
      Batch batch = batch(Math.min(size, examples - first), first);
      for (int s = 0; s < shards; s++) {
        Batch own = new Shard(s, shards).of(batch);
        for (int i = 0; i < own.count(); i++) {
          assertEquals(s, Shard.index(own.first() + i, examples, size, shards));
        }
        found[s] += own.count();
      }
    }
    for (int s = 0; s < shards; s++) {
      assertEquals(found[s], new Shard(s, shards).size(examples, size));
    }
  }

  @Test
  void theLastShareIsNeverEmptyAndAddsTheDivergence() {
    for (int shards = 1; shards < 6; shards++) {
      int adding = 0;
      for (int s = 0; s < shards; s++) {
        Shard shard = new Shard(s, shards);
        adding += shard.addsDivergence() ? 1 : 0;
        assertTrue(!shard.addsDivergence() || shard.of(batch(1, 0)).count() == 1);
      }
      assertEquals(1, adding, shards + " shards");
    }
  }

  @Test
  void oneShardTakesTheBatchItself() {
    Batch batch = batch(3, 0);
    assertSame(batch, Shard.whole().of(batch));
    assertSame(batch, GradientExchange.none().shard().of(batch));
  }

  @Test
  void nobodyToExchangeWithChangesNothing() {
    double[] totals = {1, 2};
    GradientExchange.none().sum(List.of(), totals);
    assertArrayEquals(new double[] {1, 2}, totals);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 2", "2, 2", "0, -1"})
  void refusesAnIndexThatIsNone(int index, int count) {
    assertEquals(
        "shard " + index + " of " + count + ", expected an index from 0 to count - 1",
        assertThrows(IllegalArgumentException.class, () -> new Shard(index, count)).getMessage());
  }
}
