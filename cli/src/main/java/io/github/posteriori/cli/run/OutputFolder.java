package io.github.posteriori.cli.run;

import io.github.posteriori.checkpoint.CheckpointOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder for what a command writes. Each file is whole or as it was before: it is written under a
 * temporary name and renamed.
 *
 * @param path where it is
 */
public record OutputFolder(Path path) {

  /** Content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Makes the folder where it is not there yet.
   *
   * @throws RunFolderException when that fails
   */
  public static OutputFolder open(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
    return new OutputFolder(path);
  }

  /**
   * Writes a file, in place of one that is there already.
   *
   * @return where it is
   * @throws RunFolderException when that fails
   */
  public Path write(String name, Content content) {
    Path file = path.resolve(name);
    Path temporary = path.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
          content.writeTo(out);
        }
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    return file;
  }

  private static RunFolderException unwritable(Path path, IOException e) {
    return new RunFolderException(
        "cannot write "
            + path
            + " ("
            + CheckpointOutput.reason(e)
            + "): choose an --out that is a writable folder with room",
        e);
  }
}
