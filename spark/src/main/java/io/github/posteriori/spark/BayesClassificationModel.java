package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.likelihood.TargetKind;
import java.util.List;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;

/**
 * Scores rows with a Bayesian network that tells classes apart: adds the class, its probability,
 * and what more data would and would not make certain.
 *
 * <p>Each row is predicted as if it were alone, with the posterior samples of the network's seed.
 * What it gets depends on its features alone, so that partitions can be cut in any way and scored
 * again: on executors of one kind of processor the answers have the same bytes.
 */
public final class BayesClassificationModel extends NetworkModel<BayesClassificationModel>
    implements ClassificationParams<BayesClassificationModel> {
  private static final long serialVersionUID = 1;

  BayesClassificationModel(String uid, SharedNetwork network) {
    super(uid, network, TargetKind.CLASSES);
    Setting.defaults(this);
  }

  private BayesClassificationModel(SharedNetwork network) {
    this(Identifiable.randomUID("bayesClassification"), network);
  }

  /**
   * Creates a model of the network in a checkpoint.
   *
   * @param file on any file system that Spark reads
   * @throws java.io.UncheckedIOException when the file cannot be read
   * @throws io.github.posteriori.checkpoint.CheckpointException when it is damaged, or its network
   *     is not to be found
   * @throws IllegalArgumentException when the network does not tell classes apart
   */
  public static BayesClassificationModel ofCheckpoint(String file) {
    return new BayesClassificationModel(
        new SharedNetwork(
            ModelFiles.read(file, SparkSession.active().sparkContext().hadoopConfiguration())));
  }

  /**
   * Creates a model of a network as it is now.
   *
   * @throws IllegalArgumentException when the network does not tell classes apart
   */
  public static BayesClassificationModel of(BayesModule module) {
    return new BayesClassificationModel(SharedNetwork.of(module));
  }

  /** Returns what reads models that were written. */
  public static MLReader<BayesClassificationModel> read() {
    return new ModelFiles.Reader<>(BayesClassificationModel.class, BayesClassificationModel::new);
  }

  /** Reads a model that was written. */
  public static BayesClassificationModel load(String path) {
    return read().load(path);
  }

  /** Returns the number of classes. */
  public int numClasses() {
    return module().outputShape().size();
  }

  @Override
  List<Output> outputs() {
    return Output.ofClasses(this);
  }

  @Override
  Answers answers() {
    return Answers.CLASSES;
  }

  @Override
  BayesClassificationModel with(String uid, SharedNetwork network) {
    return new BayesClassificationModel(uid, network);
  }
}
