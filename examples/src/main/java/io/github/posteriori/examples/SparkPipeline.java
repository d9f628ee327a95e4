package io.github.posteriori.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.split;

import io.github.posteriori.spark.BayesClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains the network of {@link OwnPictures} in a pipeline of Apache Spark, and asks which pictures
 * it has doubts about. It uses the cores of this machine, or the cluster that {@code spark-submit}
 * names.
 *
 * <pre>
 * SparkPipeline                   draws digits into a folder and learns from that
 * SparkPipeline PICTURES MODEL    learns from PICTURES, a sub-folder of picture files for each
 *                                 class, and keeps the pipeline in the folder MODEL; executors
 *                                 have to reach both
 * </pre>
 */
public final class SparkPipeline {
  private SparkPipeline() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 0 && arguments.length != 2) {
      throw new IllegalArgumentException(
          "found " + arguments.length + " arguments, expected PICTURES MODEL, or none");
    }
    List<String> paths =
        arguments.length == 0
            ? DrawnPictures.write().stream().map(Path::toString).toList()
            : List.of(arguments);
    SparkConf settings = new SparkConf().setIfMissing("spark.master", "local[*]");
    SparkSession spark =
        SparkSession.builder().appName("SparkPipeline").config(settings).getOrCreate();
    try {
      run(spark, paths.get(0), paths.get(1));
    } finally {
      spark.stop();
    }
  }

  private static void run(SparkSession spark, String pictures, String model) throws IOException {
    Dataset<Row>[] parts = pictures(spark, pictures).randomSplit(new double[] {0.8, 0.2}, 1);
    System.out.printf(Locale.ROOT, "learning from %d pictures%n", parts[0].count());
    pipeline().fit(parts[0]).write().overwrite().save(model);
    System.out.println("kept in " + model);

    Dataset<Row> scored = PipelineModel.load(model).transform(parts[1]).cache();
    double accuracy =
        new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(scored);
    System.out.printf(
        Locale.ROOT, "accuracy %.3f of %d pictures held out%n", accuracy, scored.count());

    System.out.println("where its posterior samples disagree most:");
    scored
        .orderBy(col("mutualInformation").desc())
        .select("kind", "label", "prediction", "entropy", "mutualInformation", "path")
        .show(5, false);
  }

  /** Reads the pictures below a folder: their path, what the files hold, and their class. */
  private static Dataset<Row> pictures(SparkSession spark, String folder) {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", true)
        .load(folder)
        .select(col("path"), col("content"), element_at(split(col("path"), "/"), -2).as("kind"));
  }

  private static Pipeline pipeline() {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new StringIndexer()
                  .setInputCol("kind")
                  .setOutputCol("label")
                  .setStringOrderType("alphabetAsc"),
              new BayesClassifier()
                  .setFeaturesCol("content") // executors decode the pictures
                  .setNetwork(PictureNet.class.getName())
                  .setEpochs(8)
                  .setBatchSize(32)
                  .setSamples(25)
            });
  }
}
