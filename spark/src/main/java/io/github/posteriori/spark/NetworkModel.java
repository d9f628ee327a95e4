package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.likelihood.TargetKind;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A network as a model of Spark ML: adds columns to those of the rows that it scores.
 *
 * @param <M> the class of the model itself
 */
abstract class NetworkModel<M extends NetworkModel<M>> extends Model<M>
    implements ScoringParams<M>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final SharedNetwork network;
  private transient Broadcast<SharedNetwork> sent;
  private transient SparkContext sentBy;

  /**
   * Creates a model.
   *
   * @throws IllegalArgumentException when the network predicts something else
   */
  NetworkModel(String uid, SharedNetwork network, TargetKind kind) {
    this.uid = uid;
    this.network = network;
    BayesModule module = network.module();
    if (module.likelihood().kind() != kind) {
      throw new IllegalArgumentException(
          "the network "
              + module.definition()
              + " was trained with the likelihood "
              + module.likelihood().name()
              + ", expected one of "
              + (kind == TargetKind.CLASSES ? "classes" : "numbers")
              + ": load it with "
              + (kind == TargetKind.CLASSES ? "BayesRegressionModel" : "BayesClassificationModel"));
    }
  }

  /** Returns the output columns, in the order of {@link #answers}. */
  abstract List<Output> outputs();

  /** Returns what computes the output columns. */
  abstract Answers answers();

  /** Creates a model of the same network. */
  abstract M with(String uid, SharedNetwork network);

  @Override
  public final String uid() {
    return uid;
  }

  /** Returns the network, which must not be changed. */
  public final BayesModule module() {
    return network.module();
  }

  final SharedNetwork network() {
    return network;
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    FeatureType.of(schema, getFeaturesCol()).requireFits(module().inputShape());
    return new Columns(schema).addAll(outputs()).addAll(Output.ofErrors(this)).schema();
  }

  private HandleInvalid handling() {
    return HandleInvalid.named(getHandleInvalid());
  }

  @Override
  public final Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    StructType scored = transformSchema(schema);
    List<Output> outputs = outputs();
    int[] kept =
        IntStream.range(0, outputs.size()).filter(k -> !outputs.get(k).name().isEmpty()).toArray();
    ScoringTask task =
        new ScoringTask(
            sentBy(dataset.sparkSession().sparkContext()),
            schema.fieldIndex(getFeaturesCol()),
            FeatureType.of(schema, getFeaturesCol()),
            answers(),
            kept,
            getSamples(),
            getScoringBatchSize(),
            handling());
    return dataset.toDF().mapPartitions(task, Encoders.row(scored));
  }

  /** Broadcasts the network, once for all calls. */
  private synchronized Broadcast<SharedNetwork> sentBy(SparkContext context) {
    if (sent == null || sentBy != context) {
      sent = JavaSparkContext.fromSparkContext(context).broadcast(network);
      sentBy = context;
    }
    return sent;
  }

  @Override
  public final MLWriter write() {
    return new ModelFiles.Writer(this);
  }

  @Override
  public final M copy(ParamMap extra) {
    M copy = copyValues(with(uid, network), extra);
    copy.setParent(parent());
    return copy;
  }
}
