package io.github.posteriori.spark;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a Bayesian network that tells classes apart; labels are numbers from 0, as {@code
 * StringIndexer} makes them.
 *
 * <pre>{@code
 * BayesClassificationModel model =
 *     new BayesClassifier().setNetwork("lenet").setEpochs(5).setBeta(0.1).fit(training);
 * model.transform(test).select("prediction", "probability", "epistemic", "aleatoric");
 * }</pre>
 */
public final class BayesClassifier
    extends NetworkEstimator<BayesClassifier, BayesClassificationModel>
    implements ClassificationParams<BayesClassifier> {
  private static final long serialVersionUID = 1;
  private static final int MOST_CLASSES = 100_000;

  /** Creates an estimator of that uid, as Spark does when it reads or copies one. */
  public BayesClassifier(String uid) {
    super(uid);
    Setting.defaults(this);
    setTrainingDefaults();
  }

  /** Creates an estimator. */
  public BayesClassifier() {
    this(Identifiable.randomUID("bayesClassifier"));
  }

  /** Returns what reads estimators that were written. */
  public static MLReader<BayesClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator that was written. */
  public static BayesClassifier load(String path) {
    return read().load(path);
  }

  @Override
  Likelihood likelihood() {
    return Likelihood.categorical();
  }

  @Override
  int outputs(TrainingRows rows) {
    for (double label : rows.labels()) {
      if (!(label >= 0 && label < MOST_CLASSES && label == Math.rint(label))) {
        throw new IllegalArgumentException(
            "column '%s' has the label %s, expected classes numbered from 0: index them by StringIndexer"
                .formatted(getLabelCol(), label));
      }
    }
    return (int) Arrays.stream(rows.labels()).max().orElseThrow() + 1;
  }

  @Override
  Dataset set(TrainingRows rows, Shape shape) {
    int[] labels = Arrays.stream(rows.labels()).mapToInt(label -> (int) label).toArray();
    return Dataset.of(getFeaturesCol(), shape, outputs(rows), rows.features(), labels);
  }

  @Override
  List<Output> outputs() {
    return Output.ofClasses(this);
  }

  @Override
  BayesClassificationModel model(SharedNetwork network) {
    return new BayesClassificationModel(uid(), network);
  }
}
