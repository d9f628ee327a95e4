package io.github.posteriori.layers;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which weights of a tensor are kept; the others are pruned. Immutable.
 *
 * <p>Bit i of {@link #bytes} belongs to weight i, row-major: bit {@code i % 8}, from the least
 * significant, of byte {@code i / 8}.
 */
public final class Mask {
  private final BitSet kept;
  private final int size;
  private final int count;

  private Mask(BitSet kept, int size) {
    this.kept = kept;
    this.size = size;
    this.count = kept.cardinality();
  }

  /** Keeps all weights. */
  public static Mask all(int size) {
    BitSet kept = new BitSet(size);
    kept.set(0, size);
    return new Mask(kept, size);
  }

  /**
   * Keeps the weights whose bits are set.
   *
   * @param kept copied
   * @param size number of weights
   * @throws IllegalArgumentException when a bit of no weight is set
   */
  public static Mask of(BitSet kept, int size) {
    if (kept.length() > size) {
      throw new IllegalArgumentException(
          "the mask keeps weight %s of %s, expected bits of these alone"
              .formatted(kept.length() - 1, size));
    }
    return new Mask((BitSet) kept.clone(), size);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException when there are not as many bytes as {@code size} weights need
   */
  public static Mask of(byte[] bytes, int size) {
    if (bytes.length != bytes(size)) {
      throw new IllegalArgumentException(
          "the mask has %s bytes, expected %s for %s weights"
              .formatted(bytes.length, bytes(size), size));
    }
    return of(BitSet.valueOf(bytes), size);
  }

  private static int bytes(int size) {
    return size / 8 + (size % 8 == 0 ? 0 : 1);
  }

  /** Returns the mask as bytes, one bit a weight. */
  public byte[] bytes() {
    byte[] bytes = new byte[bytes(size)];
    byte[] set = kept.toByteArray();
    System.arraycopy(set, 0, bytes, 0, set.length);
    return bytes;
  }

  /** The number of weights, kept and pruned. */
  public int size() {
    return size;
  }

  /** The number of weights kept. */
  public int kept() {
    return count;
  }

  /** Returns the number of weights kept among {@code count} from {@code first} on. */
  public int kept(int first, int count) {
    int found = 0;
    for (int i = kept.nextSetBit(first); i >= 0 && i < first + count; i = kept.nextSetBit(i + 1)) {
      found++;
    }
    return found;
  }

  /** Returns whether a weight is kept. */
  public boolean keeps(int weight) {
    return kept.get(weight);
  }

  /**
   * Writes {@code value} to the places of pruned weights.
   *
   * @param first weight of {@code values[at]}
   */
  public void fillPruned(int first, int count, float[] values, int at, float value) {
    int end = first + count;
    for (int i = kept.nextClearBit(first); i < end; i = kept.nextClearBit(i)) {
      int next = kept.nextSetBit(i);
      int until = next < 0 ? end : Math.min(next, end);
      for (; i < until; i++) {
        values[at + i - first] = value;
      }
    }
  }

  /** Returns the values of the weights kept, in their order. */
  public float[] select(float[] values) {
    float[] selected = new float[count];
    for (int i = kept.nextSetBit(0), to = 0; i >= 0; i = kept.nextSetBit(i + 1)) {
      selected[to++] = values[i];
    }
    return selected;
  }

  /**
   * Puts values in the places of the weights kept, and {@code pruned} in the others; the inverse of
   * {@link #select}.
   */
  public float[] expand(float[] selected, float pruned) {
    float[] values = new float[size];
    Arrays.fill(values, pruned);
    for (int i = kept.nextSetBit(0), from = 0; i >= 0; i = kept.nextSetBit(i + 1)) {
      values[i] = selected[from++];
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask && mask.size == size && mask.kept.equals(kept);
  }

  @Override
  public int hashCode() {
    return 31 * size + kept.hashCode();
  }

  @Override
  public String toString() {
    return "%s of %s kept".formatted(count, size);
  }
}
