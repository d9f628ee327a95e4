package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.checkpoint.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes the zip file that {@link ZipArchive} describes. Contents begin at multiples of 64 bytes,
 * as PyTorch's own do, so that it can map them into memory.
 */
final class ZipWriter {
  private static final int ALIGNMENT = 64;
  private static final int EXTRA_LENGTH = 4;

  private static final long MOST_BYTES = 0xffff_ffffL;
  private static final int MOST_ENTRIES = 0xffff;

  /** "FB", PyTorch's id of an extra field that is padding. */
  private static final short PADDING = 0x4246;

  private final CheckpointOutput output;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int count;

  ZipWriter(CheckpointOutput output) {
    this.output = output;
  }

  void write(Map<String, Tensor> tensors) throws IOException {
    entry("archive/data.pkl", ByteBuffer.wrap(PickleWriter.pickle(tensors)));
    entry("archive/byteorder", ascii("little"));
    int key = 0;
    for (Tensor tensor : tensors.values()) {
      entry("archive/data/" + key++, tensor.bytes());
    }
    entry("archive/version", ascii("3\n"));
    end();
  }

  private void entry(String name, ByteBuffer contents) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(contents.duplicate());
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    long header = output.position();
    long unpadded = header + StoredZip.LOCAL_LENGTH + utf8.length + EXTRA_LENGTH;
    int padding = (int) (-unpadded & (ALIGNMENT - 1));
    ByteBuffer shared = // common to local header and directory
        littleEndian(26)
            .putShort((short) 20) // version of the format that a reader needs: 2.0
            .putShort((short) 0x0800) // flags: names in UTF-8
            .putShort((short) 0) // not compressed
            .putShort((short) 0) // time
            .putShort((short) 0x21) // date: 1 January 1980, so that equal tensors give equal files
            .putInt((int) crc.getValue())
            .putInt(contents.remaining())
            .putInt(contents.remaining())
            .putShort((short) utf8.length)
            .flip();
    ByteBuffer local =
        littleEndian(StoredZip.LOCAL_LENGTH + utf8.length + EXTRA_LENGTH + padding)
            .putInt(Archive.ZIP_MAGIC)
            .put(shared.duplicate())
            .putShort((short) (EXTRA_LENGTH + padding))
            .put(utf8)
            .putShort(PADDING)
            .putShort((short) padding);
    output.put(local.clear());
    output.put(contents);
    ByteBuffer listed =
        littleEndian(StoredZip.ENTRY_LENGTH + utf8.length)
            .putInt(StoredZip.ENTRY_MAGIC)
            .putShort((short) 20) // version that wrote
            .put(shared)
            .putShort((short) 0) // no extra field
            .putShort((short) 0) // no comment
            .putShort((short) 0) // on the first disk
            .putShort((short) 0) // attributes within
            .putInt(0) // and outside
            .putInt((int) header)
            .put(utf8);
    directory.writeBytes(listed.array());
    count++;
  }

  private void end() throws IOException {
    long start = output.position();
    if (start > MOST_BYTES || count > MOST_ENTRIES) {
      throw new IOException("a zip file ends at 4 GB and 65,535 entries");
    }
    output.put(ByteBuffer.wrap(directory.toByteArray()));
    output.put(
        littleEndian(StoredZip.END_LENGTH)
            .putInt(StoredZip.END_MAGIC)
            .putShort((short) 0) // this disk
            .putShort((short) 0) // the directory's
            .putShort((short) count)
            .putShort((short) count)
            .putInt(directory.size())
            .putInt((int) start)
            .putShort((short) 0) // no comment
            .flip());
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
