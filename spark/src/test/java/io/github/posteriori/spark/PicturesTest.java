package io.github.posteriori.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Prediction;
import io.github.posteriori.data.Picture;
import io.github.posteriori.layers.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Pictures are decoded on the executors, and are what a file of the same pixels is elsewhere. */
class PicturesTest {
  private static final Shape.Image COLOUR = Shape.image(3, 9, 11);
  @TempDir static Path folder;

  @BeforeAll
  static void writePictures() throws IOException {
    write("grey.png", BufferedImage.TYPE_BYTE_GRAY);
    write("colour.png", BufferedImage.TYPE_3BYTE_BGR);
    write("transparent.png", BufferedImage.TYPE_4BYTE_ABGR);
    byte[] whole = Files.readAllBytes(folder.resolve("colour.png"));
    Files.write(folder.resolve("short.png"), Arrays.copyOf(whole, whole.length / 2));
  }

  private static void write(String name, int type) throws IOException {
    BufferedImage image = new BufferedImage(37, 29, type);
    Random random = new Random(3);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private static Dataset<Row> read(String format) {
    return LocalSpark.SESSION.read().format(format).load(folder.toString());
  }

  @Test
  void decodedImagesAreTheFilesThatTheyWere() throws Exception {
    for (Row row : read("image").select("image").collectAsList()) {
      Row image = row.getStruct(0);
      String name = Path.of(URI.create(image.getString(0))).getFileName().toString();
      if (name.equals("short.png")) {
        assertThrows(InvalidRowException.class, () -> FeatureType.IMAGE.read(image, COLOUR));
        continue;
      }
      float[] decoded = FeatureType.IMAGE.read(image, COLOUR);
      float[] file = Picture.read(folder.resolve(name), COLOUR);
      // Alpha blends before resizing here, in rounded bytes.
      assertArrayEquals(file, decoded, name.equals("transparent.png") ? 1 / 255f : 0, name);
    }
  }

  @Test
  void picturesAreScoredAndBrokenOnesKeptWithTheReason() {
    BayesClassificationModel model =
        BayesClassificationModel.of(Nets.leNet())
            .setSamples(3)
            .setFeaturesCol("content")
            .setHandleInvalid("keep");
    List<Row> rows = model.transform(read("binaryFile")).orderBy("path").collectAsList();
    assertEquals(4, rows.size());
    for (Row row : rows) {
      String name = Path.of(URI.create(row.getString(0))).getFileName().toString();
      String error = row.getAs("error");
      if (name.equals("short.png")) {
        assertTrue(error.startsWith("features has a picture that is cut short"), error);
      } else {
        float[] pixels = Picture.read(folder.resolve(name), Shape.image(1, 32, 32));
        Prediction alone =
            Nets.leNet().predict(Nd4j.createFromArray(pixels).reshape(1, 1, 32, 32), 3);
        assertArrayEquals(
            alone.probabilities().toDoubleVector(),
            row.<Vector>getAs("probability").toArray(),
            1e-5,
            name);
      }
    }
    List<Row> images =
        model
            .copy(model.extractParamMap())
            .setFeaturesCol("image")
            .setHandleInvalid("keep")
            .transform(read("image"))
            .where("error is null")
            .collectAsList();
    assertEquals(3, images.size());
  }

  @Test
  void estimatorsLearnFromPicturesWhatTheyLearnFromTheirPixels() {
    Dataset<Row> pictures =
        read("binaryFile")
            .orderBy("path")
            .withColumn("label", functions.expr("if(path like '%grey%', 1.0, 0.0)"));
    Dataset<Row> images =
        read("image")
            .orderBy("image.origin")
            .withColumn("label", functions.expr("if(image.origin like '%grey%', 1.0, 0.0)"))
            .where("image.origin not like '%transparent%'");
    float[][] pixels = {pixels("colour.png"), pixels("grey.png"), pixels("transparent.png")};
    assertArrayEquals(
        learnt(rows(pixels, 3), "features"),
        learnt(pictures, "content"),
        "files in the order of their names, without the broken one");
    assertArrayEquals(learnt(rows(pixels, 2), "features"), learnt(images, "image"), "images");
  }

  private static float[] pixels(String name) {
    return Picture.read(folder.resolve(name), Shape.image(1, 32, 32));
  }

  private static Dataset<Row> rows(float[][] pixels, int count) {
    StructType schema =
        new StructType()
            .add("features", DataTypes.createArrayType(DataTypes.FloatType))
            .add("label", DataTypes.DoubleType);
    return LocalSpark.SESSION.createDataFrame(
        IntStream.range(0, count)
            .mapToObj(i -> RowFactory.create(pixels[i], i == 1 ? 1.0 : 0.0))
            .toList(),
        schema);
  }

  /** Returns what a network that learned the rows says of a picture. */
  private static double[] learnt(Dataset<Row> rows, String featuresCol) {
    return new BayesClassifier()
        .setNetwork("lenet")
        .setDimensions(new String[] {"channels=1"})
        .setFeaturesCol(featuresCol)
        .setHandleInvalid("skip")
        .setEpochs(1)
        .setSeed(4)
        .setSamples(2)
        .fit(rows)
        .setFeaturesCol("content")
        .transform(read("binaryFile").where("path like '%colour%'"))
        .first()
        .<Vector>getAs("probability")
        .toArray();
  }
}
