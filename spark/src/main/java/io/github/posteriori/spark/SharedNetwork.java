package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.networks.ClassPath;
import io.github.posteriori.networks.Networks;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * A network as it travels to executors: the bytes of its checkpoint, of which each JVM makes one
 * module when the first task asks for it. The module goes when Spark drops the broadcast.
 */
final class SharedNetwork implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] checkpoint;
  private transient BayesModule module;

  /** Compiles a network whose source the checkpoint carries once for all its modules. */
  private transient Networks networks;

  SharedNetwork(byte[] checkpoint) {
    this.checkpoint = checkpoint.clone();
  }

  /** Creates what a module that is here travels as. */
  static SharedNetwork of(BayesModule module) {
    SharedNetwork network =
        new SharedNetwork(
            inFile(
                file -> {
                  module.save(file);
                  return Files.readAllBytes(file);
                }));
    network.module = module;
    return network;
  }

  /** Returns the bytes of the checkpoint. */
  byte[] checkpoint() {
    return checkpoint.clone();
  }

  /**
   * Returns the module, which all callers share.
   *
   * @throws io.github.posteriori.checkpoint.CheckpointException when the checkpoint is damaged, or
   *     its network is not to be found
   */
  synchronized BayesModule module() {
    if (module == null) {
      module = load();
    }
    return module;
  }

  /** Returns a module of the caller's own; see {@link #module}. */
  synchronized BayesModule load() {
    if (networks == null) {
      networks = new Networks(ClassPath.none(), false);
    }
    BayesModule loaded =
        inFile(
            file -> {
              Files.write(file, checkpoint);
              // Also the seed, on which the noise of predictions depends.
              ModuleOptions saved = Checkpoint.read(file).options();
              return networks.load(file, Optional.empty(), saved);
            });
    boundThreads(loaded);
    return loaded;
  }

  /** Leaves an executor's engine the cores of one task, as its other tasks have cores of theirs. */
  private static void boundThreads(BayesModule module) {
    TaskContext task = TaskContext.get();
    if (task != null && !SparkEnv.get().executorId().equals("driver")) {
      module.engine().useThreads(task.cpus());
    }
  }

  @FunctionalInterface
  interface FileUse<T> {
    T with(Path file) throws IOException;
  }

  /** Hands over a temporary file. */
  static <T> T inFile(FileUse<T> use) {
    try {
      Path file = Files.createTempFile("posteriori", ".safetensors");
      try {
        return use.with(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write a temporary file in "
              + System.getProperty("java.io.tmpdir")
              + ", expected room there: set -Djava.io.tmpdir to another folder",
          e);
    }
  }
}
