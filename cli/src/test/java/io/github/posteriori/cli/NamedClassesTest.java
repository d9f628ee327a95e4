package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes by name in what the commands print and write, and sets that are matched by it. */
class NamedClassesTest {
  private static final Set<String> LETTERS =
      new TreeSet<>(List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J"));

  @TempDir private static Path letters;
  @TempDir private Path folder;

  @BeforeAll
  static void trainOnLetters() {
    Outcome trained =
        Outcome.of(
            "train",
            "--dataset=letters",
            "--limit=1000",
            "--epochs=2",
            "--batch=32",
            "--overwrite",
            "--out",
            letters.toString());
    assertEquals(0, trained.code(), trained.err());
  }

  private static Outcome on(Path checkpoint, String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--checkpoint", checkpoint.toString()));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private static Path best() {
    return letters.resolve("best.safetensors");
  }

  /** The cells of a column, by its name. */
  private static Set<String> column(Path csv, String name, String set) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    int column = List.of(lines.get(0).split(",")).indexOf(name);
    Set<String> cells = new TreeSet<>();
    lines.stream()
        .skip(1)
        .filter(line -> line.startsWith(set))
        .forEach(line -> cells.add(line.split(",")[column]));
    return cells;
  }

  @Test
  void predictSaysTheNameOfTheClass() throws IOException {
    Dataset set = Digits.letters(1, 3);
    float[] pixels = new float[set.shape().size()];
    set.image(0, pixels, 0);
    BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < pixels.length; i++) {
      picture.setRGB(i % 32, i / 32, Math.round(255 * pixels[i]) * 0x010101);
    }
    Path file = folder.resolve("letter.png");
    ImageIO.write(picture, "png", file.toFile());

    Outcome outcome = on(best(), "predict", file.toString(), "--json");
    JsonNode answer = outcome.json().get(0);
    String name = answer.get("class").asText();
    assertEquals(name, List.copyOf(LETTERS).get(answer.get("index").asInt()));
    assertTrue(outcome.out().contains(file + ": " + name + ", probability"), outcome.out());
  }

  @Test
  void evaluateWritesNames() throws IOException {
    Outcome outcome = on(best(), "evaluate", "--limit=200", "--out", folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    Path csv = folder.resolve("predictions.csv");
    assertEquals(LETTERS, column(csv, "label", ""));
    assertTrue(LETTERS.containsAll(column(csv, "predicted", "")));
  }

  @Test
  void uncertaintyWritesTheNamesOfBothSets() throws IOException {
    Outcome outcome =
        on(
            best(),
            "uncertainty",
            "--ood=digits",
            "--num-batches=1",
            "--batch=100",
            "--samples=2",
            "--out",
            folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    Path csv = folder.resolve("uncertainty-letters-digits.csv");
    assertEquals(LETTERS, column(csv, "label", "letters"));
    assertEquals(new TreeSet<>(Digits.digits(1, 1).classNames()), column(csv, "label", "digits"));
    assertTrue(LETTERS.containsAll(column(csv, "predicted", "")));
    assertTrue(Files.readAllLines(csv).get(0).contains(",aleatoric_normalized_J"));
  }

  @Test
  void theReportNamesThemAndKnowsARightAnswerByName() throws IOException {
    Path page = folder.resolve("report.html");
    Outcome outcome =
        Outcome.of(
            "report",
            letters.toString(),
            "--limit=200",
            "--samples=2",
            "--ood=digits",
            "--out",
            page.toString());
    assertEquals(0, outcome.code(), outcome.err());
    String text = Files.readString(page);
    assertTrue(text.contains("<th scope=\"row\">J</th>"), "confusion matrix");
    assertTrue(text.contains("<p class=\"answer\"><b>"), "an image that is right");
  }

  @Test
  void aPartOfTheClassesIsMeasuredByName() throws IOException {
    String[] upper = {"--dataset=splitdigits-2.2", "--limit=300", "--json"};
    Outcome outcome = on(TrainedDigits.checkpoint(), "evaluate", upper);
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.json().get("test_accuracy").asDouble() > 0.8, outcome.out());
  }

  @Test
  void aPartOfASetIsComparedWithWhatTheWholeIsComparedWith() throws IOException {
    Outcome outcome =
        on(
            TrainedDigits.checkpoint(),
            "uncertainty",
            "--dataset=splitdigits-2.2",
            "--limit=20",
            "--samples=2",
            "--offline",
            "--out",
            folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    Path csv = folder.resolve("uncertainty-splitdigits-2.2-letters.csv");
    assertEquals(new TreeSet<>(List.of("5", "6", "7", "8", "9")), column(csv, "label", "split"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "uncertainty"})
  void aSetWithClassesThatTheNetworkDoesNotKnowIsRefused(String command) {
    Outcome halves = on(best(), command, "--dataset=splitdigits-2.2");
    assertEquals(2, halves.code(), halves.err());
    assertTrue(
        halves
            .err()
            .contains(
                "splitdigits-2.2 has the classes [5, 6, 7, 8, 9], of which [5, 6, 7, 8, 9] are"
                    + " unknown; expected only classes among [A, B, C,"),
        halves.err());
    assertFalse(halves.out().contains("accuracy"), halves.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "uncertainty"})
  void asksForTheSetOfANetworkThatDoesNotSayWhatItLearned(String command) {
    Path file = folder.resolve("untrained.safetensors");
    ShippedNet.LENET.create(Kind.BAYESIAN, 1, 10, ModuleOptions.defaults()).save(file);
    Outcome outcome = on(file, command, "--limit=50", "--out", folder.toString());
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(
        outcome
            .err()
            .contains(
                file
                    + " does not say which set it was trained on, expected --dataset: name a set of"
                    + " its classes, one of [digits, letters, mnist,"),
        outcome.err());
    assertEquals("", outcome.out());
    Outcome told =
        on(
            file,
            command,
            "--limit=50",
            "--dataset=digits",
            "--samples=2",
            "--out",
            folder.toString());
    assertEquals(0, told.code(), told.err());
  }

  @Test
  void asksForTheSetOfAMixtureWhoseNetworksDoNotSayWhatTheyLearned() {
    Path file = folder.resolve("untrained.safetensors");
    ShippedNet.LENET.create(Kind.BAYESIAN, 1, 5, ModuleOptions.defaults()).save(file);
    Outcome outcome = on(file, "mixture", "--checkpoint", file.toString());
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("expected --dataset: name a set"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "uncertainty"})
  void asksForTheSetOfANetworkThatLearnedAUsersOwn(String command) {
    Path file = folder.resolve("own.safetensors");
    var module = ShippedNet.LENET.create(Kind.BAYESIAN, 1, 3, ModuleOptions.defaults());
    Dataset own =
        Dataset.of(
            "my photos",
            io.github.posteriori.layers.Shape.image(1, 32, 32),
            List.of("ant", "bee", "cat"),
            new float[3][1024],
            IntStream.range(0, 3).toArray());
    Trainer.of(module, TrainingOptions.defaults().withEpochs(1)).fit(own);
    module.save(file);
    Outcome outcome = on(file, command);
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(
        outcome
            .err()
            .contains(
                file
                    + " was trained on 'my photos', which the command line does not know, expected"
                    + " --dataset: name a set of its classes"),
        outcome.err());
    Outcome told = on(file, command, "--dataset=digits");
    assertEquals(2, told.code(), told.err());
    assertTrue(told.err().contains("expected only classes among [ant, bee, cat]"), told.err());
  }
}
