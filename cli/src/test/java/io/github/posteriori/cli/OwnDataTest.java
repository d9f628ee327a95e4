package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.Prediction;
import io.github.posteriori.models.BayesSignalNetModule;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Sets of the user's own, through the commands. */
class OwnDataTest {
  private static final List<String> CLASSES = List.of("disc", "square");

  @TempDir private Path folder;

  @Test
  void aFolderOfPicturesIsLearnedAndFoundAgainByEveryCommand() throws IOException {
    Path shapes = pictures("shapes", CLASSES, 20);
    Files.writeString(shapes.resolve("disc/notes.txt"), "no picture");
    Path others = pictures("others", List.of("stripes"), 5);
    Path run = folder.resolve("run");

    Outcome trained = train(shapes, run, "--json");
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.err().contains("train  disc                           18"), trained.err());
    assertTrue(trained.err().contains("test   square                          2"), trained.err());
    assertTrue(trained.err().contains("left out 1:"), trained.err());
    assertTrue(trained.err().contains("disc/notes.txt: found nothing that reads"), trained.err());
    assertEquals(shapes.toString(), trained.json().get("dataset").asText());

    String checkpoint = run.resolve("best.safetensors").toString();
    Outcome evaluated = Outcome.of("evaluate", "--checkpoint", checkpoint, "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    assertTrue(evaluated.out().contains("4 images of shapes: "), evaluated.out());
    assertEquals(trained.json().get("test_nll"), evaluated.json().get("test_nll"));

    Outcome resumed = train(shapes, run, "--resume");
    assertEquals(0, resumed.code(), resumed.err());
    assertTrue(resumed.out().contains(lines(trained.out(), "test accuracy")), resumed.out());

    Outcome uncertain =
        Outcome.of(
            "uncertainty",
            "--checkpoint",
            checkpoint,
            "--samples",
            "2",
            "--ood",
            others.toString());
    assertEquals(0, uncertain.code(), uncertain.err());
    assertTrue(uncertain.out().contains("from 4 and 5 images"), uncertain.out());

    Outcome alone = Outcome.of("uncertainty", "--checkpoint", checkpoint);
    assertEquals(2, alone.code(), alone.err());
    assertTrue(alone.err().contains("expected --ood"), alone.err());

    Outcome reported = Outcome.of("report", "--samples", "2", run.toString());
    assertEquals(0, reported.code(), reported.err());
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("Not measured: add --ood"), "no set from outside");

    Outcome predicted =
        Outcome.of("predict", "--checkpoint", checkpoint, shapes.resolve("disc/0.png").toString());
    assertTrue(predicted.out().matches("(?s).*: (disc|square), probability .*"), predicted.out());
  }

  /** The test part lacks a class, as a part may. */
  @Test
  void classesThatARunLeavesOutAreMetAsUnknownOnes() throws IOException {
    pictures("set/train", List.of("disc", "square", "stripes"), 10);
    Path set = pictures("set/test", List.of("stripes", "square"), 3).getParent();
    Path run = folder.resolve("run");
    Outcome trained = train(set, run, "--only-classes", "square,disc");
    assertEquals(0, trained.code(), trained.err());
    String checkpoint = run.resolve("best.safetensors").toString();
    Outcome evaluated = Outcome.of("evaluate", "--checkpoint", checkpoint);
    assertEquals(0, evaluated.code(), evaluated.err());
    assertTrue(evaluated.out().startsWith("3 images of "), evaluated.out());
    Outcome met = Outcome.of("uncertainty", "--checkpoint", checkpoint, "--ood", "unknown-classes");
    assertEquals(0, met.code(), met.err());
    assertTrue(met.out().contains("from 3 and 3 images"), met.out());
  }

  /** Of another set nothing was learned, so that nothing has to be held out. */
  @Test
  void aSetThatTheNetworkWasNotTrainedOnIsMeasuredWhole() throws IOException {
    Path run = folder.resolve("run");
    assertEquals(0, train(pictures("shapes", CLASSES, 10), run).code());
    Path more = pictures("more", CLASSES, 7);
    Outcome evaluated =
        Outcome.of(
            "evaluate",
            "--checkpoint",
            run.resolve("best.safetensors").toString(),
            "--dataset",
            more.toString());
    assertTrue(evaluated.out().contains("14 images of more: "), evaluated.out() + evaluated.err());
  }

  @Test
  void aFolderMayHaveItsParts() throws IOException {
    Path data = folder.resolve("data");
    pictures("data/train", CLASSES, 12);
    pictures("data/val", List.of("square"), 3);
    pictures("data/test", CLASSES, 2);
    Outcome trained = train(data, folder.resolve("run"));
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.err().contains("train  all                            24"), trained.err());
    assertTrue(trained.err().contains("valid  all                             3"), trained.err());
    assertTrue(trained.err().contains("test   all                             4"), trained.err());

    pictures("data/test", List.of("cross"), 1);
    assertRefused(1, "found the class 'cross' in another part, expected only those", data);
  }

  @Test
  void whatCannotBeLearnedIsRefusedBeforeAnythingIsWritten() throws IOException {
    assertRefused(
        1,
        "found one class alone, 'disc', expected at least two",
        pictures("one", List.of("disc"), 12));
    assertRefused(1, "found 4 examples, expected at least 10", pictures("few", CLASSES, 2));
    assertRefused(1, "found nothing there", folder.resolve("nowhere.csv"));
    assertRefused(1, "found a file of another kind", Files.createFile(folder.resolve("a.zip")));
    Path empty = Files.createDirectories(folder.resolve("empty/train/disc")).getParent();
    assertRefused(1, "found no readable picture", empty.getParent());
    Path table = Files.writeString(folder.resolve("t.csv"), "x,kind\n" + "1,a\n2,b\n".repeat(10));
    assertRefused(1, "found no target, expected one of [x, kind]", table);
    Outcome images =
        Outcome.of(
            "train",
            "--dataset",
            table.toString(),
            "--target",
            "kind",
            "--out",
            folder.resolve("run").toString());
    assertEquals(2, images.code(), images.err());
    assertTrue(images.err().contains("features [1]"), images.err());
    Outcome misspelt = Outcome.of("train", "--dataset", "shapse");
    assertEquals(2, misspelt.code(), misspelt.err());
    assertTrue(misspelt.err().contains("or the path of a folder of pictures"), misspelt.err());
  }

  @Test
  void signalsInArraysAreLearned() throws IOException {
    Path file = folder.resolve("signals.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      ByteBuffer x = ByteBuffer.allocate(20 * 1024 * 4).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer y = ByteBuffer.allocate(20 * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 20; i++) {
        y.putInt(i % 2);
        for (int t = 0; t < 1024; t++) {
          x.putFloat((float) (0.5 + 0.5 * Math.sin(t * (i % 2 == 0 ? 0.1 : 0.3) + i)));
        }
      }
      npy(zip, "x_train", "<f4", "(20, 1, 1024)", x.array());
      npy(zip, "y_train", "<i4", "(20,)", y.array());
    }
    Path run = folder.resolve("run");
    Outcome trained =
        Outcome.of(
            "train",
            "--net",
            "signal",
            "--dataset",
            file.toString(),
            "--epochs",
            "1",
            "--out",
            run.toString());
    assertEquals(0, trained.code(), trained.err());
    for (String[] command :
        new String[][] {
          {"report", "--samples", "2", run.toString()},
          {
            "uncertainty",
            "--samples",
            "2",
            "--ood",
            file.toString(),
            "--checkpoint",
            run.resolve("best.safetensors").toString()
          }
        }) {
      Outcome outcome = Outcome.of(command);
      assertEquals(0, outcome.code(), outcome.err());
    }
    assertNotEquals(0, Files.size(run.resolve("report.html")));
    predictsSignals(run.resolve("best.safetensors"));
  }

  /** The same signals in an array and as the rows of a table, beside the answers in a program. */
  private void predictsSignals(Path checkpoint) throws IOException {
    float[] signals = new float[2 * 1024];
    StringBuilder rows = new StringBuilder("t0");
    IntStream.range(1, 1024).forEach(t -> rows.append(",t").append(t));
    ByteBuffer bytes = ByteBuffer.allocate(4 * signals.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < signals.length; i++) {
      signals[i] = (float) (0.5 + 0.5 * Math.sin(i * 0.1));
      bytes.putFloat(signals[i]);
      rows.append(i % 1024 == 0 ? '\n' : ',').append(signals[i]);
    }
    Path array = folder.resolve("new.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(array))) {
      npy(zip, "x", "<f4", "(2, 1, 1024)", bytes.array());
    }
    Path table = Files.writeString(folder.resolve("new.csv"), rows);
    Path narrow = Files.writeString(folder.resolve("narrow.csv"), "a,b\n1,2\n");
    Path picture = folder.resolve("picture.png");
    Outcome predicted =
        Outcome.of(
            "predict",
            "--json",
            "--checkpoint",
            checkpoint.toString(),
            array.toString(),
            table.toString(),
            narrow.toString(),
            picture.toString());
    assertEquals(1, predicted.code(), predicted.err());
    assertTrue(predicted.err().contains("narrow.csv: found 2 columns, expected 1024"));
    assertTrue(predicted.err().contains("picture.png: found a file of another kind"));
    BayesSignalNetModule module = BayesSignalNetModule.load(checkpoint);
    List<String> files = List.of(array + "[0]", array + "[1]", table + ":2", table + ":3");
    assertEquals(4, predicted.json().size());
    for (int i = 0; i < 4; i++) {
      JsonNode answer = predicted.json().get(i);
      assertEquals(files.get(i), answer.get("file").asText());
      float[] one = Arrays.copyOfRange(signals, i % 2 * 1024, (i % 2 + 1) * 1024);
      Prediction expected = module.predict(Nd4j.create(one, new long[] {1, 1, 1, 1024}, 'c'), 25);
      int index = expected.classes()[0];
      assertEquals(index, answer.get("index").asInt());
      assertEquals(
          expected.probabilities().getDouble(0, index), answer.get("probability").asDouble());
    }
  }

  private static void npy(ZipOutputStream zip, String name, String type, String shape, byte[] data)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type, shape);
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
    zip.write(header.getBytes(StandardCharsets.US_ASCII));
    zip.write(data);
  }

  private void assertRefused(int code, String message, Path data) {
    Path run = folder.resolve("refused");
    Outcome refused = train(data, run);
    assertEquals(code, refused.code(), refused.err());
    assertTrue(refused.err().contains(message), refused.err());
    assertTrue(Files.notExists(run));
  }

  private static Outcome train(Path data, Path run, String... more) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "train",
            "--kind",
            "frequentist",
            "--epochs",
            "1",
            "--dataset",
            data.toString(),
            "--out",
            run.toString()));
    command.addAll(List.of(more));
    return Outcome.of(command.toArray(String[]::new));
  }

  private static String lines(String text, String beginning) {
    String line = text.lines().filter(l -> l.startsWith(beginning)).findFirst().orElseThrow();
    return line.substring(0, line.indexOf(", after"));
  }

  /** Draws pictures of different sizes. */
  private Path pictures(String name, List<String> classes, int each) throws IOException {
    Path root = folder.resolve(name);
    for (String kind : classes) {
      Path place = Files.createDirectories(root.resolve(kind));
      for (int i = 0; i < each; i++) {
        BufferedImage image = new BufferedImage(20 + i, 30, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(200, 10 * (i % 20), 90));
        switch (kind) {
          case "disc" -> graphics.fillOval(2, 2, 12 + i % 6, 12 + i % 6);
          case "square" -> graphics.fillRect(2, 2, 12 + i % 6, 12 + i % 6);
          default -> graphics.fillRect(0, 10, 40, 4 + i);
        }
        graphics.dispose();
        ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
      }
    }
    return root;
  }
}
