package io.github.posteriori.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import scala.Option;

/** Models in folders, as Spark ML keeps them: params in {@code metadata}, beside the checkpoint. */
final class ModelFiles {
  private static final String CHECKPOINT = "checkpoint.safetensors";

  private ModelFiles() {}

  /**
   * Reads a file that is the caller's own, or on any file system of Hadoop's.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  static byte[] read(String file, Configuration configuration) {
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the checkpoint " + file + ", expected a file that Posteriori has written",
          e);
    }
  }

  /** Writes a model. */
  static final class Writer extends MLWriter {
    private final NetworkModel<?> model;

    Writer(NetworkModel<?> model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String folder) {
      DefaultParamsWriter.saveMetadata(model, folder, sparkSession());
      Path path = new Path(folder, CHECKPOINT);
      try {
        FileSystem files = path.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
        try (OutputStream out = files.create(path, true)) {
          out.write(model.network().checkpoint());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + path + ", expected room there", e);
      }
    }
  }

  /**
   * Reads models.
   *
   * @param <M> their class
   */
  static final class Reader<M extends NetworkModel<M>> extends MLReader<M> {
    private final Class<M> type;
    private final BiFunction<String, SharedNetwork, M> create;

    /**
     * Creates a reader.
     *
     * @param create makes a model of its uid and its network
     */
    Reader(Class<M> type, BiFunction<String, SharedNetwork, M> create) {
      this.type = type;
      this.create = create;
    }

    @Override
    public M load(String folder) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(folder, sparkSession(), type.getName());
      byte[] checkpoint =
          read(
              new Path(folder, CHECKPOINT).toString(),
              sparkSession().sparkContext().hadoopConfiguration());
      M model = create.apply(metadata.uid(), new SharedNetwork(checkpoint));
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }
  }
}
