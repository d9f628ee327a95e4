package io.github.posteriori.cli.run;

import io.github.posteriori.checkpoint.CheckpointOutput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second training out of a run's folder. The system lets go of the lock when the program
 * ends, however it ends; the file stays, for a lock on a file that was deleted would keep nobody
 * out.
 */
public final class RunLock implements AutoCloseable {
  private static final String FILE = ".lock";

  private final Path folder;
  private final FileChannel channel;

  private RunLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder, which is made where it is not there yet.
   *
   * @throws RunFolderException when another training has it, or the folder cannot be written
   */
  public static RunLock take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locks(channel)) {
        channel.close();
        throw new RunFolderException(
            folder
                + " is in use by another training, expected a folder of its own for each: wait for"
                + " it to end, or choose another --out");
      }
      return new RunLock(folder, channel);
    } catch (IOException e) {
      throw new RunFolderException(
          "cannot write to the run folder "
              + folder
              + " ("
              + CheckpointOutput.reason(e)
              + "): choose an --out that is a writable folder with room",
          e);
    }
  }

  /** The folder that is locked. */
  public Path folder() {
    return folder;
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held within this program
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The lock is gone with the program at the latest.
    }
  }
}
