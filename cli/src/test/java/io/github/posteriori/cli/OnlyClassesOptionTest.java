package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.cli.run.ShippedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that knows some classes of a set, and meets the others. */
class OnlyClassesOptionTest {
  private static final String KNOWN = "8,1,2,4,5,7";
  private static final List<String> NAMES = List.of("1", "2", "4", "5", "7", "8");

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path run;
  private static Outcome trained;

  @BeforeAll
  static void train() {
    run = shared.resolve("run");
    String options = "--limit 1200 --epochs 4 --batch 32 --json";
    trained = Runs.train(options, run, "--only-classes", KNOWN);
    assertEquals(0, trained.code(), trained.err());
  }

  private static Outcome measure(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--checkpoint", checkpoint()));
    arguments.add("--json");
    arguments.addAll(Arrays.asList(more));
    if (!arguments.contains("--samples")) {
      arguments.addAll(List.of("--samples", "1"));
    }
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private static String checkpoint() {
    return run.resolve("best.safetensors").toString();
  }

  /** The column {@code name} of the rows whose first cell is {@code set}. */
  private static Set<String> column(Path csv, String set, String name) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    int column = Arrays.asList(lines.get(0).split(",")).indexOf(name);
    return lines.stream()
        .map(line -> line.split(","))
        .filter(cells -> cells[0].equals(set))
        .map(cells -> cells[column])
        .collect(Collectors.toSet());
  }

  @Test
  void theRunKeepsTheClassesAndGoesOnWithThem() throws IOException {
    assertEquals(List.of(KNOWN.split(",")), strings(Runs.config(run).get("onlyClasses")));
    Outcome resumed = Outcome.of("train", "--resume", "--out", run.toString(), "--json");
    assertEquals(0, resumed.code(), resumed.err());
    assertEquals(trained.json().get("test_nll"), resumed.json().get("test_nll"));
    Outcome other =
        Outcome.of("train", "--resume", "--out", run.toString(), "--only-classes", "1,2");
    assertEquals(1, other.code(), other.err());
    assertTrue(other.err().contains("only-classes is 1,2, expected " + KNOWN), other.err());
    assertFalse(
        Runs.config(TrainedDigits.checkpoint().getParent()).has("onlyClasses"), "other runs");
  }

  private static List<String> strings(JsonNode array) {
    List<String> found = new ArrayList<>();
    array.forEach(name -> found.add(name.asText()));
    return found;
  }

  @Test
  void evaluateMeasuresTheClassesThatTheNetworkKnows() throws IOException {
    Outcome known =
        measure("evaluate", "--samples", "10", "--limit", "1200", "--out", folder.toString());
    assertEquals(0, known.code(), known.err());
    assertEquals(trained.json().get("test_accuracy"), known.json().get("test_accuracy"));
    assertTrue(known.json().get("test_accuracy").asDouble() > 0.5, known.out());
    assertTrue(
        known.err().contains("the network knows 6 of the 10 classes of digits"), known.err());
    Path csv = folder.resolve("predictions.csv");
    try (Stream<String> lines = Files.lines(csv)) {
      assertEquals(
          Set.copyOf(NAMES),
          lines.skip(1).map(line -> line.split(",")[1]).collect(Collectors.toSet()));
    }
    Outcome two = measure("evaluate", "--only-classes", "7,2");
    assertEquals(0, two.code(), two.err());
    assertTrue(two.out().startsWith("800 images of digits: "), two.out());
    assertTrue(two.json().get("test_accuracy").asDouble() > 0.5, two.out());
    Outcome unknown = measure("evaluate", "--only-classes", "2,3");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("of which [3] are unknown"), unknown.err());
  }

  @Test
  void uncertaintyComparesThemWithTheOthers() throws IOException {
    Outcome outcome =
        measure(
            "uncertainty",
            "--ood",
            "unknown-classes",
            "--limit",
            "300",
            "--out",
            folder.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.json().get("auroc").asDouble() > 0.6, outcome.out());
    assertTrue(outcome.out().contains("from 300 and 300 images"), outcome.out());
    Path csv = folder.resolve("uncertainty-digits-unknown-classes.csv");
    assertEquals(Set.copyOf(NAMES), column(csv, "digits", "label"));
    assertEquals(Set.of("0", "3", "6", "9"), column(csv, "unknown-classes", "label"));
    assertTrue(Set.copyOf(NAMES).containsAll(column(csv, "unknown-classes", "predicted")));
  }

  @Test
  void calibrateAndPruneFindWhatTheTrainingHeldOut() {
    String calibrated = folder.resolve("calibrated.safetensors").toString();
    Outcome outcome = measure("calibrate", calibrated, "--limit", "1200");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("by 120 examples of digits"), outcome.out());
    assertEquals(NAMES, Loaded.module(Path.of(calibrated), ModuleOptions.defaults()).classNames());
    Outcome pruned =
        measure(
            "prune",
            folder.resolve("pruned.safetensors").toString(),
            "--keep",
            "0.5",
            "--limit",
            "1200");
    assertEquals(0, pruned.code(), pruned.err());
    assertTrue(pruned.out().startsWith("1200 examples of digits with"), pruned.out());
  }

  @Test
  void theReportOfARunTakesTheOthersToo() throws IOException {
    Path page = folder.resolve("page.html");
    Outcome outcome =
        Outcome.of(
            "report",
            run.toString(),
            "--samples",
            "1",
            "--limit",
            "60",
            "--ood",
            "unknown-classes",
            "--out",
            page.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(Files.readString(page).contains("unknown-classes"));
  }

  @Test
  void noSetIsCalledLikeTheOthers() {
    assertTrue(ShippedSet.find(OodOptions.UNKNOWN_CLASSES).isEmpty());
  }

  @Test
  void refusesWhatItCannotKeep() {
    Outcome absent = Runs.train("--limit 100", folder.resolve("x"), "--only-classes", "1,12");
    assertEquals(2, absent.code());
    assertTrue(absent.err().contains("a class of digits is '12', expected one of"), absent.err());
    Outcome one = Runs.train("--limit 100", folder.resolve("x"), "--only-classes", "1");
    assertEquals(2, one.code());
    assertTrue(one.err().contains("expected at least two classes"), one.err());
    Outcome all =
        Outcome.of(
            "uncertainty",
            "--checkpoint",
            TrainedDigits.checkpoint().toString(),
            "--ood",
            "unknown-classes");
    assertEquals(2, all.code());
    assertTrue(all.err().contains("the network knows all, expected some of them"), all.err());
    Outcome mixture =
        Outcome.of("mixture", "--dataset", "digits", "--limit", "9", "--only-classes", "1,2");
    assertEquals(2, mixture.code());
    assertTrue(mixture.err().contains("a mixture splits all classes of a set"), mixture.err());
    assertFalse(Files.exists(folder.resolve("x")));
  }
}
