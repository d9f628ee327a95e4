package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table and a network of features, both of the user's own, through the commands. */
class OwnTablesTest {
  @TempDir private Path folder;

  @Test
  void aTableIsLearnedMeasuredAndAskedWithoutBeingToldAgain() throws IOException {
    Path table = Files.writeString(folder.resolve("fruits.csv"), fruits(60, true));
    Path net = folder.resolve("Net.java");
    Path run = folder.resolve("run");
    Outcome written =
        Outcome.of(
            "new",
            net.toString(),
            "--dataset",
            table.toString(),
            "--target",
            "kind",
            "--ignore",
            "id");
    assertEquals(0, written.code(), written.err());

    Outcome trained =
        Outcome.of(
            "train",
            "--net",
            net.toString(),
            "--dataset",
            table.toString(),
            "--target",
            "kind",
            "--ignore",
            "id",
            "--epochs",
            "2",
            "--out",
            run.toString(),
            "--json");
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.err().contains("left out 1:"), trained.err());
    assertTrue(trained.err().contains("fruits.csv, line 2, column 'width': found nothing"));
    assertTrue(trained.err().contains(" examples of "), trained.err());
    assertFalse((trained.out() + trained.err()).contains("images"), trained.out() + trained.err());

    String checkpoint = run.resolve("best.safetensors").toString();
    Outcome evaluated = Outcome.of("evaluate", "--checkpoint", checkpoint, "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    assertEquals(trained.json().get("test_nll"), evaluated.json().get("test_nll"));
    assertTrue(evaluated.err().contains("left out 1:"), evaluated.err());

    Outcome corrupted = Outcome.of("evaluate", "--checkpoint", checkpoint, "--corrupt", "all");
    assertEquals(2, corrupted.code(), corrupted.err());
    assertTrue(corrupted.err().contains("corrupts pictures, grey or of"), corrupted.err());
    assertEquals("", corrupted.out(), "refused before the measurement");

    Path asked = Files.writeString(folder.resolve("new.csv"), fruits(3, false));
    Outcome predicted =
        Outcome.of("predict", "--checkpoint", checkpoint, asked.toString(), "--json");
    assertEquals(1, predicted.code(), predicted.err());
    assertTrue(predicted.err().contains("new.csv, line 2, column 'width': found nothing"));
    JsonNode answers = predicted.json();
    assertEquals(2, answers.size());
    assertEquals(asked + ":3", answers.get(0).get("file").asText());

    Outcome uncertain =
        Outcome.of(
            "uncertainty", "--samples", "2", "--checkpoint", checkpoint, "--ood", asked.toString());
    assertEquals(0, uncertain.code(), uncertain.err());
    assertTrue(uncertain.out().contains(" and 2 examples"), uncertain.out());
    Outcome reported = Outcome.of("report", "--samples", "2", run.toString());
    assertEquals(0, reported.code(), reported.err());
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("Look at the examples"));
    assertFalse(page.replaceAll("<style>[^§]*?</style>", "").matches("(?s).*[> ]images?[ <].*"));
  }

  /** The first row has a hole. */
  private static String fruits(int rows, boolean known) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("id,width,colour").append(known ? ",kind\n" : "\n");
    for (int i = 0; i < rows; i++) {
      boolean apple = i % 2 == 0;
      text.append("n").append(i).append(',');
      text.append(i == 0 ? "" : String.valueOf((apple ? 3 : 1) + random.nextInt(10) / 10.0));
      text.append(',').append(apple ? "red" : "blue");
      text.append(known ? (apple ? ",apple" : ",plum") : "").append('\n');
    }
    return text.toString();
  }
}
