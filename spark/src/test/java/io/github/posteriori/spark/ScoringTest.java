package io.github.posteriori.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Prediction;
import io.github.posteriori.ValuePrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Rows get the columns that the network predicts for each of them alone. */
class ScoringTest {
  private static final int ROWS = 150;
  private static final int SAMPLES = 4;
  private static final StructType SCHEMA =
      new StructType().add("id", DataTypes.IntegerType).add("features", SQLDataTypes.VectorType());

  private static BayesModule module;
  private static BayesClassificationModel model;

  @BeforeAll
  static void createModel() {
    module = Nets.tiny(3);
    model = BayesClassificationModel.of(module).setSamples(SAMPLES).setScoringBatchSize(64);
  }

  private static Dataset<Row> vectors(int rows) {
    return LocalSpark.SESSION.createDataFrame(
        IntStream.range(0, rows).mapToObj(i -> RowFactory.create(i, vector(i))).toList(), SCHEMA);
  }

  private static Vector vector(int row) {
    float[] numbers = Nets.features(row);
    return Vectors.dense(IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray());
  }

  /** Returns rows with the answers, in the order of their ids, as text: equal bits are equal. */
  private static List<String> sorted(Dataset<Row> scored) {
    return scored.orderBy("id").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void columnsAreWhatTheNetworkPredictsForEachRowAlone() {
    Dataset<Row> scored = model.transform(vectors(ROWS));
    assertArrayEquals(
        new String[] {
          "id",
          "features",
          "prediction",
          "probability",
          "rawPrediction",
          "epistemic",
          "aleatoric",
          "entropy",
          "mutualInformation"
        },
        scored.columns());
    List<Row> rows = scored.orderBy("id").collectAsList();
    assertEquals(ROWS, rows.size());
    for (int i = 0; i < ROWS; i += 9) {
      Row row = rows.get(i);
      Prediction alone = module.predict(Nd4j.createFromArray(Nets.features(i)), SAMPLES);
      double[] probabilities = alone.probabilities().toDoubleVector();
      assertEquals(alone.classes()[0], row.<Double>getAs("prediction"));
      assertArrayEquals(probabilities, row.<Vector>getAs("probability").toArray(), 1e-6);
      assertArrayEquals(
          Arrays.stream(probabilities).map(Math::log).toArray(),
          row.<Vector>getAs("rawPrediction").toArray(),
          1e-5);
      assertEquals(
          alone.epistemic().sumNumber().doubleValue(), row.<Double>getAs("epistemic"), 1e-6);
      assertEquals(
          alone.aleatoric().sumNumber().doubleValue(), row.<Double>getAs("aleatoric"), 1e-6);
      assertEquals(alone.entropy().getDouble(0), row.<Double>getAs("entropy"), 1e-6);
      assertEquals(
          alone.mutualInformation().getDouble(0), row.<Double>getAs("mutualInformation"), 1e-6);
    }
  }

  @Test
  void bytesDoNotDependOnPartitions() {
    List<String> one = sorted(model.transform(vectors(ROWS).coalesce(1)));
    assertEquals(one, sorted(model.transform(vectors(ROWS).repartition(2))));
    assertEquals(one, sorted(model.transform(vectors(ROWS).repartition(7))));
    Dataset<Row> skewed = vectors(ROWS).repartitionByRange(3, functions.col("id").gt(ROWS - 3));
    assertEquals(one, sorted(model.transform(skewed)));
  }

  /** Fails a task once, after it has scored some rows. */
  private static final Set<Integer> FAILED = ConcurrentHashMap.newKeySet();

  @Test
  void rowsOfATaskThatFailsAreThereOnce() {
    MapPartitionsFunction<Row, Row> failing =
        rows -> {
          List<Row> taken = new ArrayList<>();
          rows.forEachRemaining(taken::add);
          if (FAILED.add(taken.get(0).getInt(0))) {
            throw new IllegalStateException("a task that fails once");
          }
          return taken.iterator();
        };
    Dataset<Row> scored = model.transform(vectors(ROWS).repartition(2));
    Dataset<Row> survived = scored.mapPartitions(failing, Encoders.row(scored.schema()));
    assertEquals(sorted(model.transform(vectors(ROWS))), sorted(survived));
    assertEquals(2, FAILED.size());
  }

  @Test
  void arraysOfNumbersAreTakenAsVectorsAre() {
    List<Row> rows =
        IntStream.range(0, 70).mapToObj(i -> RowFactory.create(i, Nets.features(i))).toList();
    StructType floats =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType));
    Dataset<Row> arrays = LocalSpark.SESSION.createDataFrame(rows, floats);
    assertEquals(
        sorted(model.transform(vectors(70)).drop("features")),
        sorted(model.transform(arrays).drop("features")));
  }

  @Test
  void featuresGoOnAsTheyAre() {
    for (String number : List.of("float", "double", "decimal(9, 4)")) {
      Dataset<Row> arrays =
          LocalSpark.SESSION
              .range(3)
              .selectExpr(
                  "id",
                  "transform(sequence(1, 5), i -> cast((i + id) / 7 as %s)) as features"
                      .formatted(number))
              .union(
                  LocalSpark.SESSION
                      .range(3, 4)
                      .selectExpr(
                          "id", "array(cast(1 as %s), null) as features".formatted(number)));
      Dataset<Row> scored = handling("keep").transform(arrays);
      assertEquals(sorted(arrays), sorted(scored.select("id", "features")), number);
      assertEquals(
          "features has null at position 1",
          scored.where("id = 3").select("error").first().getString(0));
    }
  }

  @Test
  void columnsAreNamedByParamsAndLeftOutWhereTheNameIsEmpty() {
    BayesClassificationModel few =
        model
            .copy(model.extractParamMap())
            .setPredictionCol("digit")
            .setRawPredictionCol("")
            .setAleatoricCol("")
            .setEntropyCol("")
            .setMutualInformationCol("");
    assertEquals(
        List.of("id", "features", "digit", "probability", "epistemic"),
        List.of(few.transform(vectors(3)).columns()));
    assertEquals(
        model.transform(vectors(3)).select("epistemic").collectAsList(),
        few.transform(vectors(3)).select("epistemic").collectAsList());
  }

  @Test
  void numbersGetTheirMeanAndDeviations() {
    BayesModule net = Nets.regression("y");
    List<Row> rows = predicted(net);
    for (int i = 0; i < rows.size(); i++) {
      ValuePrediction alone = net.predictValues(Nd4j.createFromArray(Nets.features(i)), SAMPLES);
      Row row = rows.get(i);
      assertEquals(alone.mean().getDouble(0), row.<Double>getAs("prediction"), 1e-5);
      assertEquals(alone.std().getDouble(0), row.<Double>getAs("std"), 1e-5);
      assertEquals(alone.epistemicStd().getDouble(0), row.<Double>getAs("epistemicStd"), 1e-5);
      assertEquals(alone.aleatoricStd().getDouble(0), row.<Double>getAs("aleatoricStd"), 1e-5);
    }
  }

  @Test
  void severalNumbersAreVectors() {
    BayesModule net = Nets.regression("y", "z");
    List<Row> rows = predicted(net);
    for (int i = 0; i < rows.size(); i++) {
      ValuePrediction alone = net.predictValues(Nd4j.createFromArray(Nets.features(i)), SAMPLES);
      Row row = rows.get(i);
      assertArrayEquals(
          alone.mean().toDoubleVector(), row.<Vector>getAs("prediction").toArray(), 1e-5);
      assertArrayEquals(
          alone.aleatoricStd().toDoubleVector(), row.<Vector>getAs("aleatoricStd").toArray(), 1e-5);
    }
  }

  /** Nine rows with what a network predicts for them. */
  private static List<Row> predicted(BayesModule net) {
    return BayesRegressionModel.of(net)
        .setSamples(SAMPLES)
        .transform(vectors(9))
        .orderBy("id")
        .collectAsList();
  }

  /** Good rows with bad ones between them. */
  private static Dataset<Row> spoilt() {
    return LocalSpark.SESSION.createDataFrame(
        List.of(
            RowFactory.create(0, vector(0)),
            RowFactory.create(1, null),
            RowFactory.create(2, Vectors.dense(1, 2, 3)),
            RowFactory.create(3, Vectors.dense(1, 2, Double.NaN, 4, 5)),
            RowFactory.create(4, Vectors.dense(1e38, 1e38, 1e38, 1e38, 1e38)),
            RowFactory.create(5, vector(5)),
            RowFactory.create(6, Vectors.sparse(5, new int[] {1}, new double[] {1}))),
        SCHEMA);
  }

  private static BayesClassificationModel handling(String invalid) {
    return BayesClassificationModel.of(module).setSamples(SAMPLES).setHandleInvalid(invalid);
  }

  @Test
  void rowsThatCannotBeScoredAreKeptWithTheReason() {
    List<Row> rows = handling("keep").transform(spoilt().coalesce(1)).orderBy("id").collectAsList();
    assertEquals(7, rows.size());
    List<String> errors = rows.stream().map(row -> row.<String>getAs("error")).toList();
    assertNull(errors.get(0));
    assertEquals("features is null, expected an example", errors.get(1));
    assertEquals("the example has 3 numbers, expected 5 for [5]", errors.get(2));
    assertTrue(errors.get(3).startsWith("the example has NaN at position 2"), errors.get(3));
    assertTrue(errors.get(4).contains("expected finite ones"), errors.get(4));
    assertNull(errors.get(5));
    assertNull(errors.get(6));
    for (Row row : rows) {
      boolean isScored = row.getAs("error") == null;
      for (String column : new String[] {"prediction", "probability", "entropy"}) {
        assertEquals(isScored, row.getAs(column) != null, row::toString);
      }
    }
    assertEquals(
        sorted(model.transform(vectors(6)).where("id = 5").drop("features")),
        sorted(handling("keep").transform(spoilt()).where("id = 5").drop("features", "error")));
  }

  @Test
  void rowsThatCannotBeScoredAreLeftOutOrFailTheJob() {
    List<Row> ids = handling("skip").transform(spoilt()).select("id").orderBy("id").collectAsList();
    assertEquals(List.of(0, 5, 6), ids.stream().map(row -> row.getInt(0)).toList());
    Exception failure =
        assertThrows(Exception.class, () -> handling("error").transform(spoilt()).collect());
    String message = failure + " " + failure.getCause();
    assertTrue(message.contains("expected") && message.contains("setHandleInvalid"), message);
    assertNotNull(assertThrows(IllegalArgumentException.class, () -> handling("ignore")));
  }

  private static String refusal(BayesClassificationModel model, StructType schema) {
    return assertThrows(IllegalArgumentException.class, () -> model.transformSchema(schema))
        .getMessage();
  }

  @Test
  void schemasThatDoNotFitAreRefusedWithAHint() {
    assertEquals(
        "featuresCol is 'features', expected one of the columns [id, feature]: did you mean"
            + " feature?",
        refusal(
            model,
            new StructType()
                .add("id", DataTypes.IntegerType)
                .add("feature", SQLDataTypes.VectorType())));
    assertTrue(
        refusal(model, new StructType().add("features", DataTypes.StringType))
            .startsWith(
                "column 'features' is of type string, expected vectors, arrays of numbers"));
    assertTrue(
        refusal(model, SCHEMA.add("entropy", DataTypes.DoubleType))
            .startsWith("entropyCol is 'entropy', but there is such a column already"));
    assertTrue(
        refusal(model, new StructType().add("features", DataTypes.BinaryType))
            .startsWith("featuresCol holds pictures, but the network takes [5], expected images"));
    assertTrue(refusal(handling("keep").setErrorCol(""), SCHEMA).startsWith("errorCol is empty"));
  }

  @Test
  void networksOfAnotherKindAreRefused() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> BayesRegressionModel.of(module))
            .getMessage()
            .endsWith("expected one of numbers: load it with BayesClassificationModel"));
  }

  @Test
  void explainsItsParams() {
    String explained = model.explainParams();
    for (String param :
        List.of("featuresCol", "samples", "handleInvalid", "mutualInformationCol", "errorCol")) {
      assertTrue(explained.contains(param + ": "), explained);
    }
    assertTrue(explained.contains("(default: 25, current: 4)"), explained);
  }
}
