package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.likelihood.TargetKind;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Scores rows with a Bayesian network that predicts numbers: adds the mean and the standard
 * deviation of the prediction, and the parts of the latter that more data would and would not
 * remove. Where the network predicts several numbers, all columns are vectors.
 *
 * <p>Each row is predicted as if it were alone; see {@link BayesClassificationModel}.
 */
public final class BayesRegressionModel extends NetworkModel<BayesRegressionModel>
    implements RegressionParams<BayesRegressionModel> {
  private static final long serialVersionUID = 1;

  BayesRegressionModel(String uid, SharedNetwork network) {
    super(uid, network, TargetKind.VALUES);
    Setting.defaults(this);
  }

  private BayesRegressionModel(SharedNetwork network) {
    this(Identifiable.randomUID("bayesRegression"), network);
  }

  /**
   * Creates a model of the network in a checkpoint.
   *
   * @param file on any file system that Spark reads
   * @throws java.io.UncheckedIOException when the file cannot be read
   * @throws io.github.posteriori.checkpoint.CheckpointException when it is damaged, or its network
   *     is not to be found
   * @throws IllegalArgumentException when the network does not predict numbers
   */
  public static BayesRegressionModel ofCheckpoint(String file) {
    return new BayesRegressionModel(
        new SharedNetwork(
            ModelFiles.read(file, SparkSession.active().sparkContext().hadoopConfiguration())));
  }

  /**
   * Creates a model of a network as it is now.
   *
   * @throws IllegalArgumentException when the network does not predict numbers
   */
  public static BayesRegressionModel of(BayesModule module) {
    return new BayesRegressionModel(SharedNetwork.of(module));
  }

  /** Returns what reads models that were written. */
  public static MLReader<BayesRegressionModel> read() {
    return new ModelFiles.Reader<>(BayesRegressionModel.class, BayesRegressionModel::new);
  }

  /** Reads a model that was written. */
  public static BayesRegressionModel load(String path) {
    return read().load(path);
  }

  /** Returns the names of the numbers. */
  public List<String> targetNames() {
    return module().likelihood().targetNames();
  }

  @Override
  List<Output> outputs() {
    return Output.ofValues(
        this, targetNames().size() == 1 ? DataTypes.DoubleType : SQLDataTypes.VectorType());
  }

  @Override
  Answers answers() {
    return Answers.VALUES;
  }

  @Override
  BayesRegressionModel with(String uid, SharedNetwork network) {
    return new BayesRegressionModel(uid, network);
  }
}
