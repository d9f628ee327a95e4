package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.ConvOffsets.Plane;
import io.github.posteriori.engine.vector.kernel.Elementwise;

/**
 * The channels that a group reads, or their squares. These are computed group by group, so that
 * they stay in the cache.
 */
final class GroupPlanes {
  private final LaneBlock block;
  private final boolean areSquares;
  private final int channels;
  private final int planeFloats;
  private float[] source;
  private float[] array;
  private int squared;

  /**
   * Creates planes without contents.
   *
   * @param plane channels of a group
   */
  GroupPlanes(Plane plane, LaneBlock block, boolean areSquares) {
    this.block = block;
    this.areSquares = areSquares;
    this.channels = plane.channels();
    this.planeFloats = plane.size() * block.width();
  }

  /** Takes the source: {@code [channels, pixels, width]}. */
  void start(float[] source) {
    this.source = source;
    array = areSquares ? block.workspace(Workspace.SQUARES, channels * planeFloats) : source;
    squared = -1;
  }

  /** The array that holds the planes of a group. */
  float[] array() {
    return array;
  }

  /** Returns the offset of the planes of the group whose first channel is {@code first}. */
  int at(int first) {
    if (!areSquares) {
      return LEAD + first * planeFloats;
    }
    if (first != squared) {
      squared = first;
      int from = LEAD + first * planeFloats;
      Elementwise.square(source, from, array, LEAD, channels * planeFloats);
    }
    return LEAD;
  }

  /** Floats of a plane. */
  int planeFloats() {
    return planeFloats;
  }
}
