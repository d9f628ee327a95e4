package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  private static final int PICTURES = 10;

  @TempDir private Path folder;

  private static Outcome predict(List<Path> files, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("predict", "--checkpoint", TrainedDigits.checkpoint().toString()));
    files.forEach(file -> arguments.add(file.toString()));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  /** A drawn digit, as a user may have it: larger, in colour, perhaps dark on light. */
  private Path picture(int index, boolean darkOnLight, String format) throws IOException {
    Dataset digits = digits();
    float[] pixels = new float[digits.shape().size()];
    digits.image(index, pixels, 0);
    BufferedImage small = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < pixels.length; i++) {
      float light = darkOnLight ? 1 - pixels[i] : pixels[i];
      small.setRGB(i % 32, i / 32, new Color(light, light, light).getRGB());
    }
    BufferedImage large = new BufferedImage(320, 320, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = large.createGraphics();
    graphics.drawImage(small, 0, 0, 320, 320, null);
    graphics.dispose();
    Path file = folder.resolve("digit-" + index + (darkOnLight ? "-paper." : ".") + format);
    assertTrue(ImageIO.write(large, format, file.toFile()));
    return file;
  }

  private static Dataset digits() {
    return Digits.digits(PICTURES, 77);
  }

  private List<Path> pictures(boolean darkOnLight) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      files.add(picture(i, darkOnLight, i % 2 == 0 ? "png" : "jpg"));
    }
    return files;
  }

  private static int right(JsonNode answers) {
    int right = 0;
    for (int i = 0; i < PICTURES; i++) {
      right += answers.get(i).get("index").asInt() == digits().label(i) ? 1 : 0;
    }
    return right;
  }

  @Test
  void recognisesAUsersPictures() throws IOException {
    List<Path> files = pictures(false);
    Outcome outcome = predict(files, "--json");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode answers = outcome.json();
    assertEquals(PICTURES, answers.size());
    for (int i = 0; i < PICTURES; i++) {
      JsonNode answer = answers.get(i);
      assertEquals(
          List.of("file", "class", "index", "probability", "epistemic", "aleatoric"),
          answer.properties().stream().map(Map.Entry::getKey).toList());
      assertEquals(files.get(i).toString(), answer.get("file").asText());
      assertTrue(answer.get("class").isTextual());
      assertEquals(answer.get("index").asText(), answer.get("class").asText(), "of a digit");
      assertTrue(answer.get("index").isInt());
      assertTrue(answer.get("probability").asDouble() <= 1);
      assertTrue(answer.get("epistemic").asDouble() > 0);
      assertTrue(answer.get("aleatoric").asDouble() > 0);
    }
    assertTrue(right(answers) >= 8, answers.toString());
    assertEquals(PICTURES + 1, outcome.out().strip().split("\n").length);
    assertFalse(outcome.err().contains("ground"), outcome.err());
  }

  @Test
  void readsDarkInkOnLightPaperWhenAsked() throws IOException {
    List<Path> files = pictures(true);
    Outcome plain = predict(files.subList(0, 1));
    assertTrue(plain.err().contains("add --invert"), plain.err());
    Outcome inverted = predict(files, "--invert", "--json");
    assertTrue(right(inverted.json()) >= 8, inverted.out());
    assertFalse(inverted.err().contains("ground"), inverted.err());
    Outcome needless = predict(List.of(picture(0, false, "png")), "--invert");
    assertTrue(needless.err().contains("leave --invert out"), needless.err());
  }

  @Test
  void answersTheSameWhateverTheOtherPictures() throws IOException {
    List<Path> files = pictures(false);
    JsonNode all = predict(files, "--json").json();
    JsonNode alone = predict(files.subList(4, 5), "--json").json();
    assertEquals(all.get(4), alone.get(0));
    JsonNode other = predict(files.subList(4, 5), "--json", "--seed", "5").json();
    assertFalse(other.get(0).equals(alone.get(0)));
  }

  @Test
  void isEpistemicallySureOfAPointEstimate() throws IOException {
    Outcome outcome = predict(List.of(picture(0, false, "png")), "--estimator", "point", "--json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(0, outcome.json().get(0).get("epistemic").asDouble());
  }

  @Test
  void answersTheOthersWhereSomeCannotBeRead() throws IOException {
    List<Path> good = List.of(picture(0, false, "png"), picture(1, false, "jpg"));
    Path absent = folder.resolve("absent.png");
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    byte[] whole = Files.readAllBytes(good.get(1));
    Path half = Files.write(folder.resolve("half.jpg"), Arrays.copyOf(whole, whole.length / 2));
    for (Path wrong : List.of(absent, text, half, folder)) {
      Outcome outcome = predict(List.of(good.get(0), wrong, good.get(1)), "--json");
      assertEquals(1, outcome.code(), outcome.err());
      assertEquals(predict(good, "--json").out(), outcome.out());
      assertTrue(outcome.err().startsWith("posteriori: " + wrong + ": found "), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
    Outcome none = predict(List.of(absent, text), "--json");
    assertEquals(1, none.code());
    assertEquals("[]", none.out().strip());
    assertEquals(2, none.err().lines().count(), none.err());
    assertEquals("", predict(List.of(text)).out());
  }

  @Test
  void turnsPhotographsUpright() throws IOException {
    BufferedImage upright = ImageIO.read(picture(2, false, "png").toFile());
    BufferedImage turned = new BufferedImage(320, 320, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 320 * 320; i++) {
      turned.setRGB(i % 320, i / 320, upright.getRGB(319 - i / 320, i % 320));
    }
    List<Path> files = new ArrayList<>();
    for (BufferedImage image : List.of(upright, turned)) {
      files.add(folder.resolve(files.size() + ".jpg"));
      assertTrue(ImageIO.write(image, "jpg", files.get(files.size() - 1).toFile()));
    }
    Files.write(files.get(1), toBeTurnedClockwise(Files.readAllBytes(files.get(1))));

    JsonNode answers = predict(files, "--json").json();

    for (String key : List.of("class", "probability", "epistemic", "aleatoric")) {
      assertEquals(
          answers.get(0).get(key).asDouble(), answers.get(1).get(key).asDouble(), 0.02, key);
    }
  }

  /** A JPEG file with Exif data that state the orientation 6. */
  private static byte[] toBeTurnedClockwise(byte[] jpeg) {
    byte[] exif =
        HexFormat.of()
            .parseHex(
                "ffe1001e" // marker, length
                    + "457869660000" // Exif
                    + "4d4d002a00000008" // big endian, the directory at 8
                    + "0001" // entries
                    + "0112000300000001" // orientation, one short integer
                    + "0006"); // its value
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + exif.length + 2);
    return file.put(jpeg, 0, 20)
        .put(exif)
        .putShort((short) 0)
        .put(jpeg, 20, jpeg.length - 20)
        .array();
  }

  @Test
  void readsWhatAFolderOfPicturesReads() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String format : List.of("png", "gif", "bmp", "tiff")) {
      files.add(picture(3, false, format));
    }
    JsonNode answers = predict(files, "--json").json();
    assertEquals(4, answers.size());
    assertEquals(answers.get(0).get("probability"), answers.get(2).get("probability"));
  }

  @Test
  void explainsWrongUses() throws IOException {
    assertEquals(2, predict(List.of()).code());
    assertEquals(2, predict(List.of(picture(0, false, "png")), "--samples", "0").code());
    assertEquals(2, Outcome.of("predict", picture(0, false, "png").toString()).code());
  }
}
