package io.github.posteriori.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An incomplete file that grows beside its target, under the target's name with {@code .part}, and
 * outlives the program. All failures to write are {@link DataException}s, so that they are not
 * mistaken for network failures.
 */
final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path path;
  private final FileChannel channel;
  private long size;

  private PartFile(Path target, Path path, FileChannel channel) throws IOException {
    this.target = target;
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * Opens or creates the incomplete file of {@code target}.
   *
   * @throws DataException if it cannot be written, or another program is writing it
   */
  static PartFile beside(Path target) {
    Path path = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      if (isTaken(channel)) {
        channel.close();
        throw DataException.of(
            path,
            "that it is being downloaded already",
            "one download at a time",
            "Wait until the other one is done, and run this again.");
      }
      return new PartFile(target, path, channel);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  long size() {
    return size;
  }

  void restart() {
    write(() -> channel.truncate(0));
    size = 0;
  }

  void append(byte[] bytes, int count) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    write(
        () -> {
          while (buffer.hasRemaining()) {
            size += channel.write(buffer, size);
          }
        });
  }

  /** Returns the checksum of the contents so far, in hexadecimal digits. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // Through this channel, which stays open, because others may be locked out.
      InputStream in = Channels.newInputStream(channel.position(0));
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  /** Forces the complete file to the disk and renames it to its target. */
  void complete() {
    write(
        () -> {
          channel.force(true);
          channel.close();
          Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  /** Keeps the contents for a later run, and deletes an empty file. */
  @Override
  public void close() {
    write(
        () -> {
          channel.close();
          if (size == 0) {
            Files.deleteIfExists(path);
          }
        });
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static DataException unwritable(Path path, IOException e) {
    return DataException.of(
        path,
        "that it cannot be written (" + e.getMessage() + ")",
        "a writable folder with room",
        "Make room or name another folder, and run this again; what is there is kept.",
        e);
  }
}
