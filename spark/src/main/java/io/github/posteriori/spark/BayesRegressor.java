package io.github.posteriori.spark;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataTypes;

/** Trains a Bayesian network that predicts a number. */
public final class BayesRegressor extends NetworkEstimator<BayesRegressor, BayesRegressionModel>
    implements RegressionParams<BayesRegressor> {
  private static final long serialVersionUID = 1;

  /** Creates an estimator of that uid, as Spark does when it reads or copies one. */
  public BayesRegressor(String uid) {
    super(uid);
    Setting.defaults(this);
    setTrainingDefaults();
    setDefault(likelihoodName(), Likelihood.heteroscedastic().name());
  }

  /** Creates an estimator. */
  public BayesRegressor() {
    this(Identifiable.randomUID("bayesRegressor"));
  }

  /** Returns what reads estimators that were written. */
  public static MLReader<BayesRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator that was written. */
  public static BayesRegressor load(String path) {
    return read().load(path);
  }

  /** The likelihood of the numbers. */
  public Param<String> likelihoodName() {
    return new Param<>(
        this,
        "likelihoodName",
        "likelihood of the numbers: gaussian (even noise), heteroscedastic (noise that depends on"
            + " the features) or poisson (counts)",
        ParamValidators.inArray(List.of("gaussian", "heteroscedastic", "poisson")));
  }

  /** Returns the name of the likelihood of the numbers. */
  public String getLikelihoodName() {
    return getOrDefault(likelihoodName());
  }

  /** Names the likelihood of the numbers; {@code heteroscedastic} unless set. */
  public BayesRegressor setLikelihoodName(String name) {
    return Setting.of(this, likelihoodName(), name);
  }

  @Override
  Likelihood likelihood() {
    return Likelihood.parse(getLikelihoodName());
  }

  @Override
  int outputs(TrainingRows rows) {
    return getLikelihoodName().equals(Likelihood.heteroscedastic().name()) ? 2 : 1;
  }

  @Override
  Dataset set(TrainingRows rows, Shape shape) {
    float[][] values = new float[rows.labels().length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[] {(float) rows.labels()[i]};
    }
    return Dataset.ofValues(
        getFeaturesCol(), shape, List.of(getLabelCol()), rows.features(), values);
  }

  @Override
  List<Output> outputs() {
    return Output.ofValues(this, DataTypes.DoubleType);
  }

  @Override
  BayesRegressionModel model(SharedNetwork network) {
    return new BayesRegressionModel(uid(), network);
  }
}
