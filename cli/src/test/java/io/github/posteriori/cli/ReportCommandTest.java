package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportCommandTest {
  private static final List<String> SECTIONS =
      List.of(
          "training",
          "confusion",
          "calibration",
          "outside",
          "refusal",
          "images",
          "weights",
          "provenance");

  @TempDir private Path folder;

  private Path run() {
    return TrainedDigits.checkpoint().getParent();
  }

  private Outcome report(Path run, String... more) {
    List<String> arguments = new ArrayList<>(List.of("report", run.toString()));
    arguments.addAll(List.of("--limit", "300", "--samples", "5", "--batch", "50"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private String page(Path run, String... more) throws IOException {
    Path file = folder.resolve("page.html");
    List<String> arguments = new ArrayList<>(List.of("--out", file.toString()));
    arguments.addAll(Arrays.asList(more));
    Outcome outcome = report(run, arguments.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("report " + file), outcome.out());
    return Files.readString(file);
  }

  private static Document parsed(String page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
  }

  /** What a reader sees, and all attributes but the pictures. */
  private static String words(String page) {
    return page.replaceAll("data:image/png;base64,[A-Za-z0-9+/=]+", "");
  }

  private static void requireSound(String page) throws Exception {
    NodeList sections = parsed(page).getElementsByTagName("section");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < sections.getLength(); i++) {
      ids.add(sections.item(i).getAttributes().getNamedItem("id").getNodeValue());
    }
    assertEquals(SECTIONS, ids);
    for (String wrong :
        List.of("http", "NaN", "Infinity", "undefined", "null", "<script", "url(")) {
      assertFalse(words(page).contains(wrong), wrong);
    }
    assertTrue(page.length() < 600_000, "length " + page.length());
  }

  @Test
  void writesOneWellFormedPageThatNeedsNothingElse() throws Exception {
    String page = page(run());
    requireSound(page);
    assertTrue(page.contains("BayesLeNet on digits"));
    assertTrue(page.contains("Signal-to-noise ratio"));
    assertTrue(page.contains("--net lenet --kind bayesian"));
  }

  @Test
  void itsFiguresAreThoseOfEvaluate() throws IOException {
    String page = page(run());
    JsonNode json =
        Outcome.of(
                "evaluate",
                "--checkpoint",
                TrainedDigits.checkpoint().toString(),
                "--limit",
                "300",
                "--samples",
                "5",
                "--json")
            .json();
    double accuracy = json.get("test_accuracy").asDouble();
    assertTrue(page.contains(tile(String.format(Locale.ROOT, "%.2f %%", 100 * accuracy))));
    for (String key : List.of("test_nll", "test_brier", "test_ece")) {
      double value = json.get(key).asDouble();
      assertTrue(page.contains(tile(String.format(Locale.ROOT, "%.4f", value))), key);
    }
  }

  private static String tile(String value) {
    return "<dd class=\"value\">" + value + "</dd>";
  }

  @Test
  void showsAFrequentistNetworkWithoutInventingAPosterior() throws Exception {
    Path run = folder.resolve("run");
    assertEquals(
        0,
        Outcome.of(
                "train",
                "--kind",
                "frequentist",
                "--limit",
                "400",
                "--epochs",
                "1",
                "--out",
                run.toString())
            .code());
    String page = page(run);
    requireSound(page);
    assertFalse(page.contains("Signal-to-noise ratio"));
    assertTrue(page.contains("plain numbers"));
    assertEquals(0, report(run).code());
    assertTrue(Files.exists(run.resolve("report.html")), "beside the run, unless told otherwise");
  }

  @Test
  void explainsAMissingOrDamagedRun() throws IOException {
    refuses(folder.resolve("absent"), "does not exist");
    Path run = Files.createDirectory(folder.resolve("cut"));
    refuses(run, "config.json is missing");
    String config = Files.readString(run().resolve("config.json"));
    Files.writeString(run.resolve("config.json"), config.substring(0, config.length() / 2));
    refuses(run, "config.json is no whole configuration");
    for (String key : List.of("data", "estimator", "dataset", "priors")) {
      ObjectNode incomplete = (ObjectNode) new ObjectMapper().readTree(config);
      incomplete.remove(key);
      Files.writeString(run.resolve("config.json"), incomplete.toString());
      refuses(run, "config.json does not say the " + key);
    }
    Files.writeString(run.resolve("config.json"), config);
    refuses(run, "metrics.csv is missing");
    String metrics = Files.readString(run().resolve("metrics.csv"));
    Files.writeString(run.resolve("metrics.csv"), metrics.lines().findFirst().orElseThrow());
    refuses(run, "metrics.csv has no epoch");
    Files.writeString(run.resolve("metrics.csv"), metrics.substring(0, metrics.length() - 20));
    refuses(run, "is damaged in line 5");
    Files.writeString(run.resolve("metrics.csv"), metrics.substring(0, metrics.length() - 2));
    refuses(run, "metrics.csv is cut short");
    Files.writeString(run.resolve("metrics.csv"), metrics);
    refuses(run, "best.safetensors is missing");
    byte[] best = Files.readAllBytes(TrainedDigits.checkpoint());
    Files.write(run.resolve("best.safetensors"), Arrays.copyOf(best, 30_000));
    refuses(run, "best.safetensors");
    Files.write(run.resolve("best.safetensors"), best);
    Files.writeString(run.resolve("config.json"), config.replace("lenet", "alexnet"));
    refuses(run, "holds a bayesian lenet, expected a bayesian alexnet");
    assertFalse(Files.exists(run.resolve("report.html")));
  }

  private void refuses(Path run, String found) {
    Outcome outcome = report(run);
    assertEquals(1, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(found), outcome.err());
    assertFalse(outcome.err().contains("unexpected"), outcome.err());
  }
}
