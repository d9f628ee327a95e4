package io.github.posteriori.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Makes up IDX files, right or wrong. */
final class IdxBytes {
  private IdxBytes() {}

  static byte[] of(byte[] values, int... dimensions) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    bytes.putInt(0x0800 | dimensions.length);
    for (int dimension : dimensions) {
      bytes.putInt(dimension);
    }
    return bytes.put(values).array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
