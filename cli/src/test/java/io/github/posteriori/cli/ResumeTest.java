package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.cli.run.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --resume} in one process; {@link KilledRunTest} kills real ones. */
class ResumeTest {
  @TempDir private static Path shared;

  @TempDir private Path folder;
  private Path run;

  private static Outcome train(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--limit", "200", "--batch", "64", "--record", "conv1"));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private Outcome resume(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--resume", "--out", run.toString()));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  @BeforeAll
  static void finish() {
    Outcome whole = train("--epochs", "3", "--out", shared.toString(), "--overwrite");
    assertEquals(0, whole.code(), whole.err());
  }

  @BeforeEach
  void copy() throws IOException {
    run = Files.createDirectory(folder.resolve("run"));
    try (Stream<Path> files = Files.list(shared)) {
      for (Path file : files.toList()) {
        Files.copy(file, run.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void aFinishedRunIsMeasuredAgainAndNotChanged() throws IOException {
    byte[] last = Files.readAllBytes(run.resolve("last.safetensors"));
    String metrics = Files.readString(run.resolve("metrics.csv"));
    Outcome again = resume("--json");
    assertEquals(0, again.code(), again.err());
    assertTrue(again.err().contains("going on after epoch 3 of 3"), again.err());
    assertEquals(3, again.json().get("epochs").asInt());
    assertArrayEquals(last, Files.readAllBytes(run.resolve("last.safetensors")));
    assertEquals(metrics, Files.readString(run.resolve("metrics.csv")));
  }

  @Test
  void aFolderOfARunHoldsNothingUnfinishedAndOneStateOfTheOptimiser() throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      assertEquals(
          List.of(
              ".lock",
              "best.safetensors",
              "config.json",
              "config.properties",
              "curves.png",
              "last.safetensors",
              "metrics.csv",
              "optimiser-3.safetensors",
              "posteriors.csv",
              "posteriors.json",
              "posteriors.png",
              "weights.csv"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void onlyWhatTheRunWasBegunWithIsGoneOnWith() {
    Outcome other = resume("--lr", "0.5");
    assertEquals(1, other.code());
    assertTrue(other.err().contains("lr is 0.5, expected 0.003"), other.err());
    Outcome optimiser = resume("--optimiser", "sgd");
    assertEquals(1, optimiser.code());
    assertTrue(optimiser.err().contains("optimiser is sgd, expected adam"), optimiser.err());
    assertEquals(1, resume("--epochs", "9").code(), "every schedule depends on it");
    assertEquals(0, resume("--threads", "1").code(), "results do not depend on it");
  }

  @Test
  void aRunThatNamesTheOriginalRecipeByItsFormerWordAndNoOptimiserIsResumedWithoutAWord()
      throws IOException {
    Path former = folder.resolve("former");
    train("--epochs", "1", "--recipe", "original", "--out", former.toString());
    for (String file : List.of("config.json", "config.properties")) {
      String text = Files.readString(former.resolve(file));
      assertTrue(text.contains("original"), text);
      Files.writeString(
          former.resolve(file),
          text.replace("original", "seed").replaceAll("(?m)^.*optimiser.*\\R", ""));
    }
    run = former;
    for (Outcome resumed : List.of(resume(), resume("--recipe", "original"))) {
      assertEquals(0, resumed.code(), resumed.err());
      assertFalse(resumed.err().contains("recipe"), resumed.err());
    }
  }

  @Test
  void whatCannotBeResumedIsExplained() throws IOException {
    Outcome nowhere = Outcome.of("train", "--resume", "--out", folder.resolve("no").toString());
    assertEquals(1, nowhere.code());
    assertTrue(nowhere.err().contains("holds no run to resume"), nowhere.err());
    assertFalse(Files.exists(folder.resolve("no")));
    assertEquals(2, Outcome.of("train", "--resume").code());
    assertEquals(2, resume("--overwrite").code());
    Outcome anew = train("--epochs", "3", "--out", run.toString());
    assertEquals(1, anew.code());
    assertTrue(anew.err().contains("--resume"), anew.err());
    Files.delete(run.resolve("optimiser-3.safetensors"));
    Outcome without = resume();
    assertEquals(1, without.code());
    assertTrue(without.err().contains("optimiser-3.safetensors"), without.err());
    Files.writeString(run.resolve("config.json"), "{");
    assertTrue(resume().err().contains("config.json is no whole configuration"), "damaged");
  }

  @Test
  void whatAKilledProgramLeftUnfinishedIsPassedOver() throws IOException {
    byte[] last = Files.readAllBytes(run.resolve("last.safetensors"));
    Files.writeString(run.resolve(".last.safetensors.4711.tmp"), "half a file");
    Files.writeString(run.resolve("optimiser-4.safetensors"), "of an epoch that is not kept");
    Outcome resumed = resume();
    assertEquals(0, resumed.code(), resumed.err());
    assertFalse(Files.exists(run.resolve(".last.safetensors.4711.tmp")));
    assertArrayEquals(last, Files.readAllBytes(run.resolve("last.safetensors")));
  }

  @Test
  void aSecondTrainingIsKeptOut() {
    try (RunLock lock = RunLock.take(run)) {
      Outcome second = resume();
      assertEquals(1, second.code());
      assertTrue(
          second.err().contains(lock.folder() + " is in use by another training"), second.err());
    }
    assertEquals(0, resume().code());
  }
}
