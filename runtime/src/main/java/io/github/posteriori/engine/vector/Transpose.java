package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.Arrays;

/** Transposes between row-major images and the lane layout. */
final class Transpose {
  /**
   * Elements that are transposed together, so that what is written stays in the second-level cache.
   */
  private static final int TOGETHER = 1 << 10;

  private Transpose() {}

  /**
   * Transposes images into the lanes of a block; unused lanes get zeros.
   *
   * @param images {@code [batch, elements]}
   * @param lanes {@code [elements, width]}
   */
  static void toLanes(float[] images, int elements, LaneBlock block, float[] lanes) {
    for (int e = 0; e < elements; e += TOGETHER) {
      toLanes(images, elements, e, Math.min(TOGETHER, elements - e), block, lanes);
    }
  }

  private static void toLanes(
      float[] images, int elements, int first, int count, LaneBlock block, float[] lanes) {
    int width = block.width();
    int to = Lanes.LEAD + first * width;
    int lane = 0;
    for (; lane + 4 <= block.count(); lane += 4) {
      four(
          images,
          block.image(lane) * elements + first,
          block.image(lane + 1) * elements + first,
          block.image(lane + 2) * elements + first,
          block.image(lane + 3) * elements + first,
          lanes,
          to + lane,
          width,
          count);
    }
    for (; lane < block.count(); lane++) {
      row(images, block.image(lane) * elements + first, lanes, to + lane, width, count);
    }
    for (; lane < width; lane++) {
      for (int e = 0; e < count; e++) {
        lanes[to + e * width + lane] = 0;
      }
    }
  }

  /** Transposes four images together, which takes half as long as one by one. */
  private static void four(
      float[] x, int a, int b, int c, int d, float[] y, int to, int step, int count) {
    for (int i = 0, o = to; i < count; i++, o += step) {
      y[o] = x[a + i];
      y[o + 1] = x[b + i];
      y[o + 2] = x[c + i];
      y[o + 3] = x[d + i];
    }
  }

  private static void row(float[] x, int from, float[] y, int to, int step, int count) {
    for (int i = 0, o = to; i < count; i++, o += step) {
      y[o] = x[from + i];
    }
  }

  /**
   * Transposes rows of {@code [count, elements]} from row {@code first} on into the lanes; unused
   * lanes get zeros.
   */
  static void rowsToLanes(float[] rows, int elements, int first, LaneBlock block, float[] lanes) {
    int width = block.width();
    for (int e = 0; e < elements; e++) {
      for (int lane = 0; lane < width; lane++) {
        lanes[Lanes.LEAD + e * width + lane] =
            lane < block.count() ? rows[(first + lane) * elements + e] : 0;
      }
    }
  }

  /**
   * Copies the columns of a block out of {@code [elements, count]}; unused lanes get zeros.
   *
   * @param columns one image in each
   */
  static void columnsToLanes(
      float[] columns, int elements, int count, LaneBlock block, float[] lanes) {
    int width = block.width();
    if (count == width) {
      System.arraycopy(columns, 0, lanes, Lanes.LEAD, elements * width);
      return;
    }
    for (int e = 0; e < elements; e++) {
      int to = Lanes.LEAD + e * width;
      System.arraycopy(columns, e * count + block.first(), lanes, to, block.count());
      Arrays.fill(lanes, to + block.count(), to + width, 0);
    }
  }

  /**
   * Copies the images of a block into their columns of {@code [elements, count]}.
   *
   * @param columns one image in each
   */
  static void lanesToColumns(
      float[] lanes, int elements, LaneBlock block, int count, float[] columns) {
    int width = block.width();
    if (count == width) {
      System.arraycopy(lanes, Lanes.LEAD, columns, 0, elements * width);
      return;
    }
    for (int e = 0; e < elements; e++) {
      int from = Lanes.LEAD + e * width;
      System.arraycopy(lanes, from, columns, e * count + block.first(), block.count());
    }
  }

  /** Transposes lanes {@code [from, to)} into rows, the first of them into row {@code first}. */
  static void fromLanes(
      float[] lanes, int elements, int width, int from, int to, float[] rows, int first) {
    for (int lane = from; lane < to; lane++) {
      for (int e = 0; e < elements; e++) {
        rows[(first + lane - from) * elements + e] = lanes[Lanes.LEAD + e * width + lane];
      }
    }
  }
}
