package io.github.posteriori.engine.vector;

/** Between images one after the other and images side by side in the lanes. */
final class Transpose {
  /** Elements that are moved together, so that what is read and written stays in the cache. */
  private static final int TOGETHER = 16;

  private Transpose() {}

  /**
   * Brings images into the lanes of a block; lanes that are left over get zeros.
   *
   * @param images {@code [batch, elements]}
   * @param lanes {@code [elements, width]}
   */
  static void toLanes(float[] images, int elements, Block block, float[] lanes) {
    int width = block.width();
    for (int start = 0; start < elements; start += TOGETHER) {
      int end = Math.min(elements, start + TOGETHER);
      for (int lane = 0; lane < block.count(); lane++) {
        int from = block.image(lane) * elements;
        for (int e = start; e < end; e++) {
          lanes[Lanes.LEAD + e * width + lane] = images[from + e];
        }
      }
      for (int lane = block.count(); lane < width; lane++) {
        for (int e = start; e < end; e++) {
          lanes[Lanes.LEAD + e * width + lane] = 0;
        }
      }
    }
  }

  /**
   * Brings {@code [count, elements]} from row {@code first} on into the lanes; lanes that are left
   * over get zeros.
   */
  static void rowsToLanes(float[] rows, int elements, int first, Block block, float[] lanes) {
    int width = block.width();
    for (int e = 0; e < elements; e++) {
      for (int lane = 0; lane < width; lane++) {
        lanes[Lanes.LEAD + e * width + lane] =
            lane < block.count() ? rows[(first + lane) * elements + e] : 0;
      }
    }
  }

  /** Brings lanes {@code [from, to)} back into rows, the first of them into row {@code first}. */
  static void fromLanes(
      float[] lanes, int elements, int width, int from, int to, float[] rows, int first) {
    for (int lane = from; lane < to; lane++) {
      for (int e = 0; e < elements; e++) {
        rows[(first + lane - from) * elements + e] = lanes[Lanes.LEAD + e * width + lane];
      }
    }
  }
}
