package io.github.posteriori.spark;

import io.github.posteriori.checkpoint.TrainingFile;
import io.github.posteriori.train.TrainingState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that holds a training as it was after its last epoch, so that another driver can go on
 * from there. An epoch is a folder in it, which is renamed into place when it is whole, before that
 * of the epoch before goes.
 */
final class EpochCheckpoints {
  private static final String PREFIX = "epoch-";
  private static final String NETWORK = "network.safetensors";
  private static final String OPTIMISER = "optimiser.safetensors";
  private static final String BEST = "best.safetensors";

  private final Path folder;
  private final FileSystem files;

  /**
   * A training between two epochs.
   *
   * @param network checkpoint of the network after the last epoch
   * @param best that of the best epoch; empty without validation
   */
  record Kept(byte[] network, TrainingState state, Optional<byte[]> best) {}

  /**
   * Opens the folder of a training.
   *
   * @param training names it, in the folder of all
   */
  EpochCheckpoints(String folder, String training, Configuration configuration) {
    this.folder = new Path(folder, training);
    try {
      this.files = this.folder.getFileSystem(configuration);
    } catch (IOException e) {
      throw failed("cannot open", e);
    }
  }

  /** Reads the training as it was after its last epoch, if it has done one. */
  Optional<Kept> read() {
    try {
      Optional<Path> last = last();
      if (last.isEmpty()) {
        return Optional.empty();
      }
      byte[] optimiser = read(new Path(last.get(), OPTIMISER));
      TrainingState state =
          SharedNetwork.inFile(
              file -> {
                Files.write(file, optimiser);
                return TrainingFile.read(file);
              });
      Path best = new Path(last.get(), BEST);
      return Optional.of(
          new Kept(
              read(new Path(last.get(), NETWORK)),
              state,
              files.exists(best) ? Optional.of(read(best)) : Optional.empty()));
    } catch (IOException e) {
      throw failed("cannot read", e);
    }
  }

  /** Replaces what is kept. */
  void write(Kept kept) {
    try {
      Optional<Path> before = last();
      String name = PREFIX + kept.state.epochs();
      Path draft = new Path(folder, "." + name);
      write(new Path(draft, NETWORK), kept.network);
      byte[] optimiser =
          SharedNetwork.inFile(
              file -> {
                TrainingFile.write(kept.state, file);
                return Files.readAllBytes(file);
              });
      write(new Path(draft, OPTIMISER), optimiser);
      if (kept.best.isPresent()) {
        write(new Path(draft, BEST), kept.best.get());
      }
      Path whole = new Path(folder, name);
      if (!files.rename(draft, whole)) {
        throw new IOException("cannot rename " + draft + " to " + whole);
      }
      if (before.isPresent()) {
        files.delete(before.get(), true);
      }
    } catch (IOException e) {
      throw failed("cannot write", e);
    }
  }

  /** Removes the folder of a training that is done. */
  void remove() {
    try {
      files.delete(folder, true);
    } catch (IOException e) {
      throw failed("cannot remove", e);
    }
  }

  private Optional<Path> last() throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .map(status -> status.getPath())
          .filter(path -> path.getName().startsWith(PREFIX))
          .max(Comparator.comparingInt(EpochCheckpoints::epoch));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static int epoch(Path path) {
    return Integer.parseInt(path.getName().substring(PREFIX.length()));
  }

  private byte[] read(Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  private void write(Path path, byte[] content) throws IOException {
    try (OutputStream out = files.create(path, true)) {
      out.write(content);
    }
  }

  private UncheckedIOException failed(String what, IOException cause) {
    return new UncheckedIOException(
        what
            + " the checkpoints in "
            + folder
            + ", expected a folder to write in: check checkpointDir",
        cause);
  }
}
