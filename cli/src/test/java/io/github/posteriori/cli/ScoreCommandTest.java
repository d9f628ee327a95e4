package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of Spark where it is not at hand. */
class ScoreCommandTest {
  @TempDir private Path folder;

  @Test
  void withoutSparkNothingIsBegunAndTheRemedyIsSaid() {
    Path out = folder.resolve("run");
    Outcome outcome =
        Outcome.of("train", "--spark", "local[2]", "--limit", "50", "--out", out.toString());
    assertEquals(1, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("start the program by bin/posteriori"), outcome.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingIsRead() {
    assertRefused("output is rows.csv, expected a name that ends with .parquet", "rows.csv");
    assertRefused("samples is 0", "rows.parquet", "--samples", "0");
    assertRefused("did you mean keep?", "rows.parquet", "--invalid", "kep");
  }

  private static void assertRefused(String found, String output, String... more) {
    String[] all = new String[7 + more.length];
    String[] given = {"score", "--checkpoint", "none", "--input", "none", "--output", output};
    System.arraycopy(given, 0, all, 0, given.length);
    System.arraycopy(more, 0, all, given.length, more.length);
    Outcome outcome = Outcome.of(all);
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(found), outcome.err());
  }
}
