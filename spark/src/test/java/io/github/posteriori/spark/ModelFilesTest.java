package io.github.posteriori.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are written and read answer as before, alone and in pipelines. */
class ModelFilesTest {
  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    assertNotNull(LocalSpark.SESSION);
  }

  private static Dataset<Row> rows() {
    return LocalSpark.column(
        "features",
        SQLDataTypes.VectorType(),
        List.of(
            RowFactory.create(Vectors.dense(1, 0, 0.5, 0, 0)),
            RowFactory.create(Vectors.dense(0, 2, 0, 0, 1))));
  }

  @Test
  void modelsKeepParamsAndAnswers() throws IOException {
    BayesClassificationModel model =
        BayesClassificationModel.of(Nets.tiny(3)).setSamples(3).setEntropyCol("doubt");
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    BayesClassificationModel read = BayesClassificationModel.load(path);
    assertEquals(model.uid(), read.uid());
    assertEquals(3, read.getSamples());
    assertEquals("doubt", read.getEntropyCol());
    assertEquals("epistemic", read.getEpistemicCol());
    assertEquals(model.transform(rows()).collectAsList(), read.transform(rows()).collectAsList());

    BayesRegressionModel line = BayesRegressionModel.of(Nets.regression("y")).setSamples(2);
    line.save(folder.resolve("line").toString());
    assertEquals(
        line.transform(rows()).collectAsList(),
        BayesRegressionModel.load(folder.resolve("line").toString())
            .transform(rows())
            .collectAsList());
  }

  @Test
  void pipelinesAreWrittenAndRead() throws IOException {
    PipelineModel pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  BayesClassificationModel.of(Nets.tiny(3)).setPredictionCol("kind")
                })
            .fit(rows());
    String path = folder.resolve("pipeline").toString();
    pipeline.save(path);
    assertEquals(
        pipeline.transform(rows()).collectAsList(),
        PipelineModel.load(path).transform(rows()).collectAsList());
  }

  @Test
  void checkpointsAreModels() throws IOException {
    BayesModule module = Nets.tiny(3);
    Path file = folder.resolve("net.safetensors");
    module.save(file);
    BayesClassificationModel model = BayesClassificationModel.ofCheckpoint(file.toString());
    assertArrayEquals(Files.readAllBytes(file), model.network().checkpoint());
    assertEquals(3, model.numClasses());
    UncheckedIOException missing =
        Assertions.assertThrows(
            UncheckedIOException.class,
            () -> BayesClassificationModel.ofCheckpoint(folder.resolve("none").toString()));
    assertTrue(missing.getMessage().startsWith("cannot read the checkpoint"));
  }
}
