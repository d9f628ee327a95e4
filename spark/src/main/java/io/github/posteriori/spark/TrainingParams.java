package io.github.posteriori.spark;

import io.github.posteriori.train.Exchange;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of training that all estimators have.
 *
 * @param <T> the class that has the params
 */
public interface TrainingParams<T> extends Params {

  /** The column of labels. */
  default Param<String> labelCol() {
    return new Param<>(
        this, "labelCol", "column of labels: classes numbered from 0, or numbers to predict");
  }

  /** Returns the column of labels. */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** Sets the column of labels; {@code label} unless set. */
  default T setLabelCol(String value) {
    return Setting.of(this, labelCol(), value);
  }

  /** The network to train. */
  default Param<String> network() {
    return new Param<>(
        this,
        "network",
        "network to train: a shipped name such as lenet, the name of a class "
            + "with @BayesModel, or a source such as Net.java or Nets.java#Net");
  }

  /** Returns the network to train. */
  default String getNetwork() {
    return getOrDefault(network());
  }

  /** Sets the network to train; it must be set. */
  default T setNetwork(String value) {
    return Setting.of(this, network(), value);
  }

  /** The free dimensions that the data do not say, each as {@code name=size}. */
  default StringArrayParam dimensions() {
    return new StringArrayParam(
        this,
        "dimensions",
        "free dimensions of the network that the data do not say, such as " + "channels=1");
  }

  /** Returns the free dimensions that the data do not say, each as {@code name=size}. */
  default String[] getDimensions() {
    return getOrDefault(dimensions());
  }

  /**
   * Sets the free dimensions that the data do not say, each as {@code name=size}; none unless set.
   */
  default T setDimensions(String[] value) {
    return Setting.of(this, dimensions(), value);
  }

  /** The number of passes over the training rows. */
  default IntParam epochs() {
    return new IntParam(
        this, "epochs", "passes over the training rows (> 0)", ParamValidators.gt(0));
  }

  /** Returns the number of passes over the training rows. */
  default int getEpochs() {
    return (int) getOrDefault(epochs());
  }

  /** Sets the number of passes over the training rows; 10 unless set. */
  default T setEpochs(int value) {
    return Setting.of(this, epochs(), value);
  }

  /** The number of rows of a training step. */
  default IntParam batchSize() {
    return new IntParam(this, "batchSize", "rows of a training step (> 0)", ParamValidators.gt(0));
  }

  /** Returns the number of rows of a training step. */
  default int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  /** Sets the number of rows of a training step; 256 unless set. */
  default T setBatchSize(int value) {
    return Setting.of(this, batchSize(), value);
  }

  /** The number of posterior samples of a training step. */
  default IntParam trainingSamples() {
    return new IntParam(
        this,
        "trainingSamples",
        "posterior samples of a training step (> 0)",
        ParamValidators.gt(0));
  }

  /** Returns the number of posterior samples of a training step. */
  default int getTrainingSamples() {
    return (int) getOrDefault(trainingSamples());
  }

  /** Sets the number of posterior samples of a training step; 1 unless set. */
  default T setTrainingSamples(int value) {
    return Setting.of(this, trainingSamples(), value);
  }

  /** The learning rate of the first step, which falls linearly to 0. */
  default DoubleParam learningRate() {
    return new DoubleParam(
        this,
        "learningRate",
        "learning rate of the first step, which falls linearly to 0 (> 0)",
        ParamValidators.gt(0));
  }

  /** Returns the learning rate of the first step, which falls linearly to 0. */
  default double getLearningRate() {
    return (double) getOrDefault(learningRate());
  }

  /** Sets the learning rate of the first step, which falls linearly to 0; 0.003 unless set. */
  default T setLearningRate(double value) {
    return Setting.of(this, learningRate(), value);
  }

  /** The weight of the KL divergence. */
  default DoubleParam beta() {
    return new DoubleParam(
        this,
        "beta",
        "weight of the KL divergence (>= 0); 1 is the evidence lower bound",
        ParamValidators.gtEq(0));
  }

  /** Returns the weight of the KL divergence. */
  default double getBeta() {
    return (double) getOrDefault(beta());
  }

  /** Sets the weight of the KL divergence; 1 unless set. */
  default T setBeta(double value) {
    return Setting.of(this, beta(), value);
  }

  /** The standard deviation of the prior. */
  default DoubleParam priorSigma() {
    return new DoubleParam(
        this,
        "priorSigma",
        "standard deviation of the prior (> 0); that of the network unless set",
        ParamValidators.gt(0));
  }

  /** Returns the standard deviation of the prior. */
  default double getPriorSigma() {
    return (double) getOrDefault(priorSigma());
  }

  /** Sets the standard deviation of the prior; the network says it unless set. */
  default T setPriorSigma(double value) {
    return Setting.of(this, priorSigma(), value);
  }

  /** The way in which Bayesian layers are sampled: {@code lrt}, {@code bbb} or {@code point}. */
  default Param<String> estimator() {
    return new Param<>(
        this,
        "estimator",
        "how Bayesian layers are sampled: lrt, bbb or point; as the network " + "says unless set",
        ParamValidators.inArray(List.of("lrt", "bbb", "point")));
  }

  /**
   * Returns the way in which Bayesian layers are sampled: {@code lrt}, {@code bbb} or {@code
   * point}.
   */
  default String getEstimator() {
    return getOrDefault(estimator());
  }

  /**
   * Sets the way in which Bayesian layers are sampled: {@code lrt}, {@code bbb} or {@code point};
   * the network says it unless set.
   */
  default T setEstimator(String value) {
    return Setting.of(this, estimator(), value);
  }

  /** The choice whether the network standardises its features. */
  default BooleanParam standardise() {
    return new BooleanParam(
        this,
        "standardise",
        "whether the network learns mean and deviation of each feature or "
            + "channel, and standardises by them");
  }

  /** Returns the choice whether the network standardises its features. */
  default boolean getStandardise() {
    return (boolean) getOrDefault(standardise());
  }

  /** Sets the choice whether the network standardises its features; false unless set. */
  default T setStandardise(boolean value) {
    return Setting.of(this, standardise(), value);
  }

  /** The averaging of the weights. */
  default Param<String> averaging() {
    return new Param<>(
        this,
        "averaging",
        "average of the weights that is validated and kept: ema:DECAY, a moving average over the"
            + " steps, or swa:EPOCHS, the mean over the steps of the last epochs; none unless set");
  }

  /** Returns the averaging of the weights. */
  default String getAveraging() {
    return getOrDefault(averaging());
  }

  /** Sets the averaging of the weights, such as {@code ema:0.99}; none unless set. */
  default T setAveraging(String value) {
    return Setting.of(this, averaging(), value);
  }

  /** The share of the rows held out for validation. */
  default DoubleParam validationFraction() {
    return new DoubleParam(
        this,
        "validationFraction",
        "share of the rows held out for validation (>= 0, < 1); the model has "
            + "the weights of the epoch that is best on them",
        ParamValidators.inRange(0, 1, true, false));
  }

  /** Returns the share of the rows held out for validation. */
  default double getValidationFraction() {
    return (double) getOrDefault(validationFraction());
  }

  /** Sets the share of the rows held out for validation; 0 unless set: no row is held out. */
  default T setValidationFraction(double value) {
    return Setting.of(this, validationFraction(), value);
  }

  /** The random seed. */
  default LongParam seed() {
    return new LongParam(this, "seed", "random seed of weights, noise and order of rows");
  }

  /** Returns the random seed. */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /** Sets the random seed; 0 unless set. */
  default T setSeed(long value) {
    return Setting.of(this, seed(), value);
  }

  /** The number of shards of a batch. */
  default IntParam shards() {
    return new IntParam(
        this,
        "shards",
        "parts of a batch whose gradients executors compute (> 0); 1 leaves training to the"
            + " driver. The weights depend on it, and not on the executors",
        ParamValidators.gt(0));
  }

  /** Returns the number of shards of a batch. */
  default int getShards() {
    return (int) getOrDefault(shards());
  }

  /** Sets the number of shards of a batch; 1 unless set. */
  default T setShards(int value) {
    return Setting.of(this, shards(), value);
  }

  /** What the shards exchange. */
  default Param<String> exchange() {
    return new Param<>(
        this,
        "exchange",
        "what the shards exchange: gradients (floats, in each step), bfloat16 (the same in half as"
            + " many bytes), local:K (weights, after K steps of each shard on its own), merge (the"
            + " posteriors of parts that are trained apart). The weights depend on it");
  }

  /** Returns what the shards exchange. */
  default String getExchange() {
    return getOrDefault(exchange());
  }

  /**
   * Sets what the shards exchange: {@code gradients} unless set, {@code bfloat16}, {@code local:K}
   * with a number of steps, or {@code merge}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  default T setExchange(String value) {
    return Setting.of(this, exchange(), Exchange.parse(value).toString());
  }

  /** The folder in which a training is kept after each epoch. */
  default Param<String> checkpointDir() {
    return new Param<>(
        this,
        "checkpointDir",
        "folder in which a training is kept after each epoch, so that fit with the same params and"
            + " rows goes on from there; a training that is done leaves nothing. Not kept unless"
            + " set");
  }

  /** Returns the folder in which a training is kept after each epoch. */
  default String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  /** Sets the folder in which a training is kept after each epoch; none is unless set. */
  default T setCheckpointDir(String value) {
    return Setting.of(this, checkpointDir(), value);
  }
}
