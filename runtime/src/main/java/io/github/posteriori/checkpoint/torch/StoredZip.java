package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A zip file of uncompressed entries, as PyTorch writes it, up to 4 GB. Overlapping entries are
 * rejected, and compressed ones where they are read; checksums are checked. Source: PKWARE's {@code
 * APPNOTE.TXT}, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16.
 */
final class StoredZip {
  static final int END_LENGTH = 22;

  /** Length of what precedes the end in the format for large files, which PyTorch always adds. */
  private static final int LARGE_END_LENGTH = 56 + 20;

  static final int END_MAGIC = 0x06054b50;
  static final int ENTRY_LENGTH = 46;
  static final int ENTRY_MAGIC = 0x02014b50;
  static final int LOCAL_LENGTH = 30;
  private static final long LONGEST_DIRECTORY = 8_000_000;

  private final CheckpointInput input;
  private final Map<String, Entry> entries = new HashMap<>();

  private StoredZip(CheckpointInput input) {
    this.input = input;
  }

  /**
   * The directory's record of an entry.
   *
   * @param header start of its local header
   * @param plain whether its contents are stored as they are
   * @param stored length of what is stored, in bytes
   * @param length of its contents, in bytes
   * @param checksum CRC-32 of its contents
   */
  private record Entry(
      String name, long header, boolean plain, long stored, long length, int checksum) {
    /** Returns the earliest possible end of the entry. */
    long end() {
      return header + LOCAL_LENGTH + stored;
    }
  }

  static StoredZip open(CheckpointInput input) throws IOException {
    StoredZip zip = new StoredZip(input);
    zip.readDirectory();
    return zip;
  }

  Set<String> names() {
    return entries.keySet();
  }

  /** Returns the length of an entry in bytes; throws if it exceeds {@code most}. */
  long length(String name, long most) {
    long length = entries.get(name).length();
    if (length > most) {
      throw input.damaged(name + " has " + length + " bytes", "at most " + most);
    }
    return length;
  }

  /** Reads the contents of an entry that must have {@code length} bytes. */
  ByteBuffer bytes(String name, long length) throws IOException {
    Entry entry = entries.get(name);
    if (entry != null && !entry.plain()) {
      throw input.damaged(
          "its entry " + name + " is compressed or encrypted", "plain bytes, as torch.save writes");
    }
    if (entry == null || entry.length() != length) {
      throw input.damaged(
          "its entry "
              + name
              + (entry == null ? " is absent" : " has " + entry.length() + " bytes"),
          length + " bytes");
    }
    ByteBuffer local = input.bytes(entry.header(), LOCAL_LENGTH);
    if (local.getInt() != Archive.ZIP_MAGIC) {
      throw input.damaged("there is no entry " + name + " where its directory says", "one");
    }
    long nameAndExtra = (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    ByteBuffer bytes = input.bytes(entry.header() + LOCAL_LENGTH + nameAndExtra, length);
    CRC32 checksum = new CRC32();
    checksum.update(bytes.duplicate());
    if ((int) checksum.getValue() != entry.checksum()) {
      throw input.damaged("the checksum of " + name + " is wrong", "the one in its directory");
    }
    return bytes;
  }

  private void readDirectory() throws IOException {
    ByteBuffer end = input.bytes(input.size() - END_LENGTH, END_LENGTH);
    if (end.getInt() != END_MAGIC) {
      throw input.damaged("its last bytes are not the end of a zip file's directory", "them");
    }
    int count = end.getShort(10) & 0xffff;
    long length = end.getInt(12) & 0xffff_ffffL;
    long position = end.getInt(16) & 0xffff_ffffL;
    if (length > LONGEST_DIRECTORY) {
      throw input.damaged("its directory has " + length + " bytes", "at most " + LONGEST_DIRECTORY);
    }
    ByteBuffer directory = input.bytes(position, length);
    List<Entry> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Entry entry = entry(directory);
      found.add(entry);
      if (entries.put(entry.name(), entry) != null) {
        throw input.damaged("its zip has two entries " + entry.name(), "one");
      }
    }
    long behind = input.size() - END_LENGTH - position - length;
    if (directory.hasRemaining() || behind != 0 && behind != LARGE_END_LENGTH) {
      throw input.damaged(
          "its directory of " + length + " bytes at " + position + " lists " + count + " entries",
          "all of them, up to the end of the file");
    }
    requireApart(found, position);
  }

  private Entry entry(ByteBuffer directory) {
    int start = directory.position();
    if (directory.remaining() < ENTRY_LENGTH || directory.getInt(start) != ENTRY_MAGIC) {
      throw input.damaged("its directory breaks off at byte " + start, "another entry");
    }
    int nameLength = directory.getShort(start + 28) & 0xffff;
    int next =
        start
            + ENTRY_LENGTH
            + nameLength
            + (directory.getShort(start + 30) & 0xffff)
            + (directory.getShort(start + 32) & 0xffff);
    if (next > directory.limit()) {
      throw input.damaged("an entry of its directory ends behind it", "within");
    }
    String name =
        new String(directory.array(), start + ENTRY_LENGTH, nameLength, StandardCharsets.UTF_8);
    long length = directory.getInt(start + 24) & 0xffff_ffffL;
    long stored = directory.getInt(start + 20) & 0xffff_ffffL;
    boolean encrypted = (directory.getShort(start + 8) & 1) != 0;
    boolean compressed = directory.getShort(start + 10) != 0 || length != stored;
    directory.position(next);
    return new Entry(
        name,
        directory.getInt(start + 42) & 0xffff_ffffL,
        !encrypted && !compressed,
        stored,
        length,
        directory.getInt(start + 16));
  }

  private void requireApart(List<Entry> found, long directoryStart) {
    found.sort(Comparator.comparingLong(Entry::header));
    for (int i = 0; i < found.size(); i++) {
      Entry entry = found.get(i);
      long limit = i + 1 < found.size() ? found.get(i + 1).header() : directoryStart;
      if (entry.end() > limit) {
        throw input.damaged(
            "its entry "
                + entry.name()
                + " of "
                + entry.stored()
                + " bytes overlaps what follows it",
            "entries apart from each other");
      }
    }
  }
}
