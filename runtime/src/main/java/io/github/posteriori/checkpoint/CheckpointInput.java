package io.github.posteriori.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads pieces of a file that may be damaged or hostile: memory is allocated only for what the file
 * is known to hold.
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

  /** Reads a file in one format. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads {@code input} as a whole. */
    T read(CheckpointInput input) throws IOException;
  }

  /**
   * Opens a file, reads it by {@code reader} and closes it.
   *
   * @param format name of the format, for messages
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

  /** The path of the file, for messages. */
  public Path file() {
    return file;
  }

  /** The length of the file in bytes. */
  public long size() {
    return size;
  }

  /**
   * Reads a piece of the file, little-endian.
   *
   * @param position start of the piece, in bytes
   * @param length length of the piece, in bytes
   * @throws CheckpointException when the file is too short, or the piece too long for an array
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

  /** Creates the exception for a file with {@code found} in place of {@code expected}. */
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

  /** Makes text of the file safe for a terminal: short, and without control characters. */
  public static String shown(String words) {
    String start = words.length() > LONGEST_SHOWN ? words.substring(0, LONGEST_SHOWN) + "…" : words;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
