package io.github.posteriori.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that may be damaged or hostile, in pieces: nothing is allocated before the file is known
 * to hold it.
 */
public final class CheckpointInput {
  private static final int LONGEST_SHOWN = 300;
  private static final long LONGEST_PIECE = Integer.MAX_VALUE - 8;

  private final Path file;
  private final String format;
  private final FileChannel channel;
  private final long size;

  private CheckpointInput(Path file, String format, FileChannel channel) throws IOException {
    this.file = file;
    this.format = format;
    this.channel = channel;
    this.size = channel.size();
  }

  /** What a format makes of its file. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads {@code input} as a whole. */
    T read(CheckpointInput input) throws IOException;
  }

  /**
   * Opens a file, has it read and closes it.
   *
   * @param format its name, for messages
   * @throws CheckpointException when the file system or {@code reader} fails
   */
  public static <T> T read(Path file, String format, Reader<T> reader) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return reader.read(new CheckpointInput(file, format, channel));
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot read the checkpoint "
              + file
              + " ("
              + CheckpointOutput.reason(e)
              + "): check the path",
          e);
    }
  }

  /** Which file this is, for messages. */
  public Path file() {
    return file;
  }

  /** Its length in bytes. */
  public long size() {
    return size;
  }

  /**
   * A piece of the file, little-endian.
   *
   * @param position where it starts, in bytes
   * @param length how many bytes
   * @throws CheckpointException when the file does not hold it, or an array would not
   */
  public ByteBuffer bytes(long position, long length) throws IOException {
    if (position < 0 || length < 0 || position > size || length > size - position) {
      throw damaged(
          "something claims " + length + " bytes from byte " + position,
          "a place within its " + size + " bytes");
    }
    if (length > LONGEST_PIECE) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " has a piece of "
              + length
              + " bytes, expected at most "
              + LONGEST_PIECE
              + ", which an array holds: save it with smaller tensors");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw damaged("it ends at byte " + channel.size(), "at least " + (position + length));
      }
    }
    return bytes.flip();
  }

  /** The refusal of a file that says {@code found} where the format has {@code expected}. */
  public CheckpointException damaged(String found, String expected) {
    return new CheckpointException(
        "the checkpoint "
            + file
            + " is damaged or no "
            + format
            + " file: "
            + shown(found)
            + ", expected "
            + shown(expected)
            + "; copy or write it again");
  }

  /** Words of the file as a terminal may show them: short, and without control characters. */
  public static String shown(String words) {
    String start = words.length() > LONGEST_SHOWN ? words.substring(0, LONGEST_SHOWN) + "…" : words;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
