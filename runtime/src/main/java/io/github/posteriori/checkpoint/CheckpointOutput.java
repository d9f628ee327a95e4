package io.github.posteriori.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file atomically: under a temporary name beside it, forced to the disk and renamed. */
public final class CheckpointOutput {
  private final FileChannel channel;

  private CheckpointOutput(FileChannel channel) {
    this.channel = channel;
  }

  /** Writes a file in one format. */
  @FunctionalInterface
  public interface Writer {
    /** Writes everything to {@code output}. */
    void write(CheckpointOutput output) throws IOException;
  }

  /**
   * Writes a file; an existing one is replaced atomically.
   *
   * @throws CheckpointException when the file cannot be written
   */
  public static void write(Path file, Writer writer) {
    Path target = file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        writer.write(new CheckpointOutput(channel));
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot write "
              + file
              + " ("
              + reason(e)
              + "): choose a folder that exists, is writable and has room",
          e);
    } finally {
      delete(temporary);
    }
  }

  /** Writes the remaining {@code bytes}. */
  public void put(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Returns a stream of what is written here; closing it is not needed. */
  public OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /** Returns the number of bytes written so far. */
  public long position() throws IOException {
    return channel.position();
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException ignored) {
      // It exists only after a failed write, and that failure is what the user needs to know.
    }
  }

  /** Returns the file system's reason in words, without the path, which messages name already. */
  public static String reason(IOException e) {
    String detail = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (detail != null) {
      return detail;
    }
    if (e instanceof NoSuchFileException) {
      return "No such file or folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "A file is in the way";
    }
    return e instanceof AccessDeniedException ? "Permission denied" : e.getClass().getSimpleName();
  }
}
