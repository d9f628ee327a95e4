package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that run on Spark, beside those that do the same here. */
class SparkCommandsTest {
  @TempDir private static Path folder;

  private static Outcome run(String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertEquals(0, outcome.code(), outcome.err());
    return outcome;
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeAll
  static void trainHere() {
    train("here");
  }

  private static void train(String out, String... more) {
    String[] options = {"--limit", "90", "--epochs", "1", "--batch", "32", "--shards", "2"};
    run(
        Stream.of(new String[] {"train", "--out", path(out)}, options, more)
            .flatMap(Stream::of)
            .toArray(String[]::new));
  }

  @Test
  void executorsLeaveTheRunThatThisProgramDoes() throws IOException {
    train("there", "--spark", "local[2]");

    for (String file :
        List.of("config.json", "config.properties", "best.safetensors", "last.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("here").resolve(file)),
          Files.readAllBytes(folder.resolve("there").resolve(file)),
          file);
    }
    assertTrue(Files.readString(folder.resolve("there/config.properties")).contains("shards=2\n"));
  }

  private static List<Row> read(String name, String order) throws IOException {
    try (SparkSession session = SparkSession.builder().master("local[1]").getOrCreate()) {
      return session.read().parquet(path(name)).orderBy(order).collectAsList();
    }
  }

  private static Outcome score(String run, String input, String output, String... more) {
    String[] options = {
      "score", "--spark", "local[1]", "--checkpoint", path(run + "/best.safetensors"), "--input"
    };
    String[] places = {path(input), "--output", path(output)};
    return Outcome.of(Stream.of(options, places, more).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void picturesAreScoredAsPredictDoesAndABrokenOneSaysWhy() throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures/inner"));
    List<String> files = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      BufferedImage image = new BufferedImage(20, 30, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(5 + i, 9, 0, 255);
      image.createGraphics().drawLine(3 * i, 2, 15, 4 + 8 * i);
      Path file = pictures.resolve(i + ".png");
      ImageIO.write(image, "png", file.toFile());
      files.add(file.toString());
    }
    Files.writeString(folder.resolve("pictures/z.png"), "no picture");

    Outcome scored = score("here", "pictures", "pictures.parquet", "--invalid", "keep", "--json");

    assertEquals(0, scored.code(), scored.err());
    assertEquals(4, scored.json().get("rows").asInt());
    assertEquals(1, scored.json().get("failed").asInt());
    files.addAll(0, List.of("predict", "--checkpoint", path("here/best.safetensors"), "--json"));
    JsonNode predicted = run(files.toArray(String[]::new)).json();
    List<Row> rows = read("pictures.parquet", "path");
    for (int i = 0; i < 3; i++) {
      assertSays(predicted.get(i), rows.get(i));
    }
    Row broken = rows.get(3);
    assertNull(broken.getAs("class"));
    assertTrue(broken.<String>getAs("error").contains("nothing that reads as a picture"));
  }

  @Test
  void rowsOfATableAreScoredAsPredictDoes() throws IOException {
    StringBuilder table = new StringBuilder("size,colour,kind\n");
    for (int i = 0; i < 60; i++) {
      table.append(i % 7).append(i % 2 == 0 ? ",red," : ",blue,").append(i % 7 > 2 ? "a" : "b");
      table.append('\n');
    }
    Files.writeString(folder.resolve("table.csv"), table);
    run("new", path("Net.java"), "--dataset", path("table.csv"), "--target", "kind");
    String[] data = {"--net", path("Net.java"), "--dataset", path("table.csv"), "--target", "kind"};
    run(
        Stream.of(new String[] {"train", "--epochs", "2", "--out", path("table")}, data)
            .flatMap(Stream::of)
            .toArray(String[]::new));
    Files.writeString(folder.resolve("new.csv"), "id,colour,size\n1,red,3.5\n2,blue,1\n");
    Files.writeString(folder.resolve("bad.csv"), "id,colour,size\n1,red,3\n2,green,1\n");

    assertEquals(0, score("table", "new.csv", "new.parquet").code());

    JsonNode predicted =
        run("predict", "--checkpoint", path("table/best.safetensors"), path("new.csv"), "--json")
            .json();
    List<Row> rows = read("new.parquet", "id");
    for (int i = 0; i < 2; i++) {
      assertSays(predicted.get(i), rows.get(i));
    }
    Outcome refused = score("table", "bad.csv", "bad.parquet");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("'green' in the column 'colour'"), refused.err());
    Outcome taken = score("table", "new.csv", "new.parquet");
    assertEquals(2, taken.code());
    assertTrue(taken.err().contains("add --overwrite"), taken.err());
  }

  /** Holds a row to what predict says; it adds up a single example in another order. */
  private static void assertSays(JsonNode predicted, Row row) {
    assertEquals(predicted.get("class").asText(), row.getAs("class"));
    int index = predicted.get("index").asInt();
    assertEquals(index, row.<Double>getAs("prediction"));
    double probability = (double) row.getList(row.fieldIndex("probability")).get(index);
    assertEquals(predicted.get("probability").asDouble(), probability, 1e-5);
    assertEquals(predicted.get("epistemic").asDouble(), row.getAs("epistemic"), 1e-5);
  }
}
