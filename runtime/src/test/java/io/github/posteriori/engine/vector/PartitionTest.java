package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch falls into full and narrow blocks. */
class PartitionTest {

  private static List<Integer> widths(int count) {
    Partition partition = new Partition(count);
    List<Integer> widths = new ArrayList<>();
    for (int block = 0; block < partition.blocks(); block++) {
      widths.add(partition.width(block));
    }
    return widths;
  }

  @Test
  void blocksTakeAllImagesInTheirOrder() {
    for (int count = 1; count <= 5 * Lanes.FULL + 1; count++) {
      Partition partition = new Partition(count);
      int next = 0;
      int lanes = 0;
      for (int block = 0; block < partition.blocks(); block++) {
        assertEquals(next, partition.first(block), "first of block " + block + " of " + count);
        assertEquals(lanes, partition.first(block), "all blocks but the last are full");
        assertTrue(partition.count(block) > 0, "block " + block + " of " + count + " is empty");
        next += partition.count(block);
        lanes += partition.width(block);
      }
      assertEquals(count, next, "images in the blocks of " + count);
      assertEquals(lanes, partition.lanes(), "lanes for " + count);
    }
  }

  @Test
  void noImagesNeedNoBlocks() {
    assertEquals(0, new Partition(0).blocks());
    assertEquals(0, new Partition(0).lanes());
  }

  @Test
  void whatIsLeftTakesNarrowBlocksWhereAFullOneWouldBeHalfEmpty() {
    int half = Lanes.FULL / 2;
    assertEquals(List.of(Lanes.FULL, Lanes.FULL), widths(2 * Lanes.FULL));
    assertEquals(List.of(Lanes.FULL, Lanes.FULL, Lanes.LENGTH), widths(2 * Lanes.FULL + 1));
    assertEquals(2 + half / Lanes.LENGTH, widths(2 * Lanes.FULL + half).size());
    assertEquals(List.of(Lanes.FULL, Lanes.FULL, Lanes.FULL), widths(2 * Lanes.FULL + half + 1));
    assertEquals(List.of(Lanes.FULL, Lanes.FULL, Lanes.FULL), widths(3 * Lanes.FULL - 1));
  }

  @Test
  void aBatchThatWouldKeepOneCoreBusyIsAllNarrow() {
    for (int count = 1; count < 2 * Lanes.FULL; count++) {
      assertEquals(
          Collections.nCopies((count + Lanes.LENGTH - 1) / Lanes.LENGTH, Lanes.LENGTH),
          widths(count));
    }
  }
}
