package io.github.posteriori.data.picture;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the scans of a JPEG file have brought: each of a progressive picture some bits of some
 * coefficients, each of another all bits of all coefficients.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, B.2.3 and G.1.1</a>
 */
final class JpegScans {
  private static final int COEFFICIENTS = 64;
  private static final int ALL_BITS = Integer.MAX_VALUE;

  /** For each component, how many low bits of each coefficient are missing. */
  private final Map<Integer, int[]> missing = new HashMap<>();

  /** Reads the header of a frame, which names the components. */
  void readFrame(ByteBuffer header) {
    for (int i = 0; i < header.get(5); i++) {
      int[] bits = new int[COEFFICIENTS];
      Arrays.fill(bits, ALL_BITS);
      missing.put((int) header.get(6 + 3 * i), bits);
    }
  }

  /** Reads the header of a scan, which says what follows. */
  void readScan(ByteBuffer header) {
    int components = header.get(0);
    int parameters = 1 + 2 * components;
    int from = header.get(parameters);
    int to = Math.min(header.get(parameters + 1), COEFFICIENTS - 1);
    int bits = header.get(parameters + 2) & 0xf;
    for (int i = 0; i < components; i++) {
      int[] left = missing.getOrDefault((int) header.get(1 + 2 * i), new int[COEFFICIENTS]);
      Arrays.fill(left, from, Math.max(from, to + 1), bits);
    }
  }

  /** Whether there is something of each component, as a file that its writer ended has. */
  boolean haveAllComponents() {
    return !missing.isEmpty() && missing.values().stream().noneMatch(bits -> bits[0] == ALL_BITS);
  }

  boolean haveAllBits() {
    return !missing.isEmpty()
        && missing.values().stream().flatMapToInt(Arrays::stream).allMatch(bits -> bits == 0);
  }
}
