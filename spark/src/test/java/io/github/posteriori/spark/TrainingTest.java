package io.github.posteriori.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.networks.ClassPath;
import io.github.posteriori.networks.Networks;
import io.github.posteriori.train.Averaging;
import io.github.posteriori.train.Beta;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimators train what a trainer of the same options trains, and do what those of Spark do. */
class TrainingTest {
  private static final int ROWS = 120;
  private static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("name", DataTypes.StringType)
          .add("number", DataTypes.DoubleType);

  @TempDir Path folder;

  /** Rows of two classes: the first feature says which. */
  private static org.apache.spark.sql.Dataset<Row> rows() {
    return LocalSpark.SESSION
        .createDataFrame(
            IntStream.range(0, ROWS)
                .mapToObj(
                    i -> {
                      float[] f = Nets.features(i);
                      double[] features =
                          IntStream.range(0, f.length).mapToDouble(k -> f[k]).toArray();
                      boolean high = label(i) == 1;
                      return RowFactory.create(
                          Vectors.dense(features),
                          (double) label(i),
                          high ? "high" : "low",
                          10 + 20.0 * f[0]);
                    })
                .toList(),
            SCHEMA)
        .coalesce(2)
        .cache();
  }

  private static int label(int row) {
    return Nets.features(row)[0] > 0.5 ? 1 : 0;
  }

  private static BayesClassifier classifier() {
    return new BayesClassifier()
        .setNetwork(Nets.source().toString())
        .setEpochs(15)
        .setBatchSize(20)
        .setLearningRate(0.05)
        .setBeta(0.001)
        .setSeed(3)
        .setSamples(5);
  }

  private static float[] numbers(Parameter parameter) {
    float[] numbers = new float[parameter.size()];
    parameter.read(numbers);
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "ema:0.9"})
  void trainsWhatATrainerTrains(String averaging) {
    BayesClassificationModel model = classifier().setAveraging(averaging).fit(rows());
    BayesModule expected =
        new Networks(ClassPath.none(), false)
            .find(Nets.source().toString(), Optional.empty(), true)
            .create(
                Map.of("features", Nets.FEATURES, "classes", 2),
                ModuleOptions.defaults().withSeed(3));
    int[] labels = IntStream.range(0, ROWS).map(TrainingTest::label).toArray();
    Dataset set =
        Dataset.of(
            "features",
            Shape.features(Nets.FEATURES),
            2,
            Nets.examples(ROWS).toArray(float[][]::new),
            labels);
    Trainer.of(
            expected,
            TrainingOptions.defaults()
                .withEpochs(15)
                .withBatch(20)
                .withLearningRate(0.05)
                .withBeta(new Beta.Constant(0.001))
                .withAveraging(Averaging.parse(averaging)))
        .fit(set);
    for (int p = 0; p < expected.parameters().size(); p++) {
      assertArrayEquals(
          numbers(expected.parameters().get(p)),
          numbers(model.module().parameters().get(p)),
          expected.parameters().get(p).name());
    }
  }

  @Test
  void aPipelineOfWordsLearnsAndIsReadAgain() throws IOException {
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StringIndexer().setInputCol("name").setOutputCol("index"),
                  classifier().setLabelCol("index").setValidationFraction(0.2)
                });
    PipelineModel model = pipeline.fit(rows());
    org.apache.spark.sql.Dataset<Row> scored = model.transform(rows());
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setLabelCol("index")
            .setMetricName("accuracy")
            .evaluate(scored);
    assertTrue(accuracy > 0.85, "accuracy " + accuracy);
    String path = folder.resolve("pipeline").toString();
    model.save(path);
    assertEquals(
        scored.collectAsList(), PipelineModel.load(path).transform(rows()).collectAsList());
    pipeline.save(folder.resolve("unfitted").toString());
    BayesClassifier read =
        (BayesClassifier) Pipeline.load(folder.resolve("unfitted").toString()).getStages()[1];
    assertEquals(15, read.getEpochs());
    assertEquals(0.2, read.getValidationFraction());
    assertFalse(read.isDefined(read.priorSigma()));
  }

  @Test
  void crossValidationChoosesBeta() throws IOException {
    BayesClassifier classifier = classifier();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(classifier.beta(), new double[] {10, 0.001}).build();
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("logLoss"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(1)
            .fit(rows());
    assertTrue(
        chosen.avgMetrics()[1] < chosen.avgMetrics()[0], Arrays.toString(chosen.avgMetrics()));
    String path = folder.resolve("chosen").toString();
    chosen.save(path);
    assertEquals(
        chosen.bestModel().transform(rows()).collectAsList(),
        CrossValidatorModel.load(path).bestModel().transform(rows()).collectAsList());
  }

  @Test
  void aRegressorPredictsNumbersInTheirUnits() {
    BayesRegressionModel model =
        new BayesRegressor()
            .setNetwork(Nets.source().toString())
            .setLabelCol("number")
            .setEpochs(30)
            .setBatchSize(20)
            .setLearningRate(0.02)
            .setBeta(0.1)
            .setStandardise(true)
            .fit(rows());
    List<Row> scored = model.transform(rows()).collectAsList();
    double squared = 0;
    for (Row row : scored) {
      double error = row.<Double>getAs("prediction") - row.<Double>getAs("number");
      squared += error * error / scored.size();
      assertTrue(row.<Double>getAs("std") > 0);
    }
    // The numbers themselves vary by 5.8.
    assertTrue(Math.sqrt(squared) < 2.5, "off by " + Math.sqrt(squared));
  }

  private static String refusal(BayesClassifier classifier) {
    return assertThrows(IllegalArgumentException.class, () -> classifier.fit(rows())).getMessage();
  }

  @Test
  void whatDoesNotFitIsRefusedWithARemedy() {
    assertTrue(refusal(new BayesClassifier()).startsWith("network is not set, expected one"));
    assertTrue(refusal(classifier().setNetwork("lenett")).contains("did you mean lenet?"));
    assertTrue(
        refusal(classifier().setLabelCol("name"))
            .startsWith("column 'name' is of type string, expected numbers: index words"));
    assertTrue(
        refusal(classifier().setLabelCol("number"))
            .contains("expected classes numbered from 0: index them by StringIndexer"));
    assertTrue(
        refusal(classifier().setDimensions(new String[] {"classes"}))
            .startsWith("dimensions has 'classes', expected name=size"));
    assertThrows(IllegalArgumentException.class, () -> classifier().setEpochs(0));
    assertThrows(IllegalArgumentException.class, () -> classifier().setEstimator("mcmc"));
  }

  @Test
  void rowsWithoutALabelAreRefusedOrLeftOut() {
    List<Row> some =
        List.of(
            RowFactory.create(Vectors.dense(1, 0, 0, 0, 0), 1.0, "", 0.0),
            RowFactory.create(Vectors.dense(1, 0, 0, 0, 0), 0.0, "", 0.0),
            RowFactory.create(Vectors.dense(0, 0, 0, 0, 0), null, "", 0.0),
            RowFactory.create(null, 0.0, "", 0.0));
    org.apache.spark.sql.Dataset<Row> gaps = LocalSpark.SESSION.createDataFrame(some, SCHEMA);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> classifier().setEpochs(1).fit(gaps))
            .getMessage()
            .contains("is null, expected an example"));
    assertEquals(
        2,
        classifier()
            .setEpochs(1)
            .setHandleInvalid("skip")
            .fit(gaps)
            .module()
            .provenance()
            .orElseThrow()
            .trainingImages());
  }
}
