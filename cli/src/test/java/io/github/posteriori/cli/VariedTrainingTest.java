package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Checkpoint;
import io.github.posteriori.cli.run.Exchanges;
import io.github.posteriori.cli.run.RunConfig;
import io.github.posteriori.cli.run.RunData;
import io.github.posteriori.cli.run.RunFolder;
import io.github.posteriori.cli.run.SavedRun;
import io.github.posteriori.cli.run.TrainingRun;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.networks.Definition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that vary, inputs that are standardised, and classes that are weighted. */
class VariedTrainingTest {
  private static final String[] ALL = {
    "--augment", "crop:2/reflect,jitter:0.2,cutout:6,mixup:0.2", "--standardise", "--balance"
  };

  @TempDir Path folder;

  private static Outcome train(Path run, String... more) {
    return Runs.train("--limit 100 --epochs 1 --batch 32", run, more);
  }

  @Test
  void aRunKeepsHowItsImagesVariedAndIsRepeatedAndResumedSo() throws IOException {
    Path run = folder.resolve("run");
    Outcome trained = train(run, ALL);
    assertEquals(0, trained.code(), trained.err());
    assertEquals(
        "crop:2/reflect,jitter:0.2,cutout:6,mixup:0.2", Runs.config(run).get("augment").asText());
    assertTrue(Runs.config(run).get("standardise").asBoolean());
    assertTrue(Runs.config(run).get("balance").asBoolean());
    Path best = run.resolve("best.safetensors");
    assertEquals(1, Checkpoint.read(best).standardisation().orElseThrow().means().size());

    Path again = folder.resolve("again");
    String properties = run.resolve("config.properties").toString();
    assertEquals(0, Outcome.of("train", "--config", properties, "--out", again.toString()).code());
    assertArrayEquals(
        Files.readAllBytes(best), Files.readAllBytes(again.resolve("best.safetensors")));
    Outcome resumed = Outcome.of("train", "--resume", "--out", run.toString());
    assertEquals(0, resumed.code(), resumed.err());
    Outcome other =
        Outcome.of("train", "--resume", "--out", run.toString(), "--augment", "cutout:6");
    assertEquals(1, other.code(), other.err());
    assertTrue(
        other.err().contains("augment is cutout:6, expected crop:2/reflect,jitter:0.2,cutout:6"),
        other.err());

    Path less = folder.resolve("less");
    train(less, "--config", properties, "--no-standardise", "--balance=false");
    assertFalse(Runs.config(less).get("standardise").asBoolean());
    assertFalse(Runs.config(less).get("balance").asBoolean());

    Outcome report = Outcome.of("report", run.toString(), "--samples", "1");
    assertEquals(0, report.code(), report.err());
    assertTrue(
        Files.readString(run.resolve("report.html")).contains("inputs standardised by"),
        "the report says so");
    Outcome converted =
        Outcome.of("convert", best.toString(), folder.resolve("weights.pt").toString());
    assertTrue(converted.out().contains("standardise inputs by: means 0."), converted.out());
  }

  @Test
  void anAugmentationReplacesThatOfTheRecipe() throws IOException {
    Path run = folder.resolve("run");
    train(run, "--recipe", "original");
    assertEquals(10, Runs.config(run).get("rotation").asDouble());
    assertEquals("none", Runs.config(run).get("augment").asText());
    Path none = folder.resolve("none");
    train(none, "--recipe", "original", "--augment", "none");
    assertEquals(0, Runs.config(none).get("rotation").asDouble());
    Path both = folder.resolve("both");
    train(both, "--recipe", "original", "--augment", "cutout:4", "--shift", "1");
    assertEquals(0, Runs.config(both).get("rotation").asDouble());
    assertEquals(1, Runs.config(both).get("shift").asInt());
  }

  @Test
  void aRunOfBeforeGoesOnWithoutAnyOfIt() throws IOException {
    Path run = folder.resolve("run");
    train(run);
    Path json = run.resolve("config.json");
    String before = Files.readString(json);
    Files.writeString(
        json, before.replaceAll("\\s*\"(augment|standardise|balance)\" : [^,]*,", ""));
    assertFalse(Files.readString(json).contains("balance"));
    Path properties = run.resolve("config.properties");
    List<String> lines = Files.readAllLines(properties);
    Files.write(
        properties,
        lines.stream().filter(line -> !line.matches("(augment|standardise|balance)=.*")).toList());
    Outcome resumed = Outcome.of("train", "--resume", "--out", run.toString());
    assertEquals(0, resumed.code(), resumed.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cutot:8 | did you mean cutout?",
        "crop | augment has 'crop', expected crop:PIXELS[/reflect]",
        "crop:40/reflect | expected at most 31: crop less",
        "jitter:-1 | jitter of brightness is -1, expected 0 to 10"
      })
  void aWrongAugmentationIsRefusedBeforeAFileIsTouched(String text, String message) {
    Path run = folder.resolve("run");
    Outcome refused = train(run, "--augment", text);
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains(message), refused.err());
    assertFalse(Files.exists(run));
  }

  @Test
  void unbalancedClassesAreReportedWithTheirRemedy() {
    Path run = folder.resolve("run");
    assertFalse(train(run).err().contains("unbalanced"));
    RunConfig config = SavedRun.read(run).config();
    String said = said(config, unbalanced());
    assertTrue(
        said.contains("unbalanced classes, from 91 images of 0 to 8 of 1: with --balance the loss"),
        said);
    Path balanced = folder.resolve("balanced");
    train(balanced, "--balance");
    assertTrue(
        said(SavedRun.read(balanced).config(), unbalanced()).contains("the loss weights them"));
  }

  /** Digits of two classes, ten times as many of the first. */
  private static Dataset unbalanced() {
    Dataset digits = Digits.digits(110, 1);
    float[][] images = new float[110][digits.shape().size()];
    int[] labels = new int[110];
    for (int i = 0; i < 110; i++) {
      digits.image(i, images[i], 0);
      labels[i] = i % 11 == 0 ? 1 : 0;
    }
    return Dataset.of("own", digits.shape(), List.of("0", "1"), images, labels);
  }

  private String said(RunConfig config, Dataset set) {
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Definition net = Loaded.networks().find(config.net(), Optional.empty(), false);
      TrainingRun run = TrainingRun.begin(config, net, new RunData(set, set));
      ShownRun.of(
          run,
          RunFolder.start(folder.resolve("said"), config, net.source(), true),
          Exchanges.here());
    } finally {
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
