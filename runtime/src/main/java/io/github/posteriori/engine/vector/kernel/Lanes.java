package io.github.posteriori.engine.vector.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lane layout: constants of this machine's vector registers, with images side by side in the lanes.
 *
 * <p>A block of images holds each element of a layer (a pixel of a channel, a feature) as {@code
 * width} floats next to each other, one for each image. A full block is {@link #FULL} images wide,
 * four registers; the remainder of a batch fills narrow blocks of one register.
 */
public final class Lanes {
  public static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** Floats in a register. */
  public static final int LENGTH = FLOATS.length();

  /** Registers side by side in a wide kernel. */
  public static final int GROUPS = 4;

  /** Images in a full block. */
  public static final int FULL = GROUPS * LENGTH;

  /**
   * Unused floats at the start of a block's array. A JVM puts an array's numbers 16 bytes behind
   * its start; where objects start on cache lines ({@code -XX:ObjectAlignmentInBytes=64}), no
   * register is then read from two of them, which takes twice as long.
   */
  public static final int LEAD = 12;

  /**
   * Rows of a register tile: 6 x 4 sums, 4 inputs and a factor fit into the 32 registers of
   * AVX-512, 2 x 4 into the 16 of its predecessors.
   */
  public static final int ROWS = FLOATS.vectorBitSize() >= 512 ? 6 : 2;

  /** A register of zeros. */
  public static final float[] ZEROS = new float[LENGTH];

  private Lanes() {}

  /** Allocates an array for a block, whose numbers begin at {@link #LEAD}. */
  public static float[] array(int floats) {
    return new float[LEAD + floats];
  }

  /** Returns the largest tile height of the kernels that is at most {@code rows}. */
  public static int tile(int rows) {
    int most = Math.min(rows, ROWS);
    return most >= 6 ? 6 : most >= 4 ? 4 : most >= 2 ? 2 : 1;
  }
}
