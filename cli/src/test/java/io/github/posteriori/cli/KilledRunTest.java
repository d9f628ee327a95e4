package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.ModuleOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, ended in the ways that real programs end. */
class KilledRunTest {
  private static final int KILLS = Integer.getInteger("posteriori.kills", 12);

  @TempDir private Path folder;

  private List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As this test was started, but for the tools that watch it.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    // A program that lives so shortly would spend most of its time compiling what it runs.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private static final String[] RUN = {
    "train", "--limit", "200", "--batch", "64", "--epochs", "6", "--record", "conv1", "--out"
  };

  private Process start(Path out, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(Arrays.asList(RUN));
    arguments.add(out.toString());
    arguments.addAll(Arrays.asList(more));
    return new ProcessBuilder(java(arguments.toArray(String[]::new)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private String log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /**
   * Kills a run without warning at random moments, from its start to its end, and goes on with it
   * each time; where it comes to its end, another is begun.
   */
  @Test
  void aRunThatIsKilledAtRandomMomentsEndsWithTheSameBytes() throws Exception {
    Path whole = folder.resolve("whole");
    long begin = System.nanoTime();
    assertEquals(0, start(whole).waitFor(), log());
    int life = (int) ((System.nanoTime() - begin) / 1_000_000);
    Random random = new Random(20);
    int ended = 0;
    int kills = 0;
    while (kills < KILLS) {
      Path run = folder.resolve("run" + ended);
      boolean begun = Files.exists(run.resolve("last.safetensors"));
      Process process = begun ? start(run, "--resume") : start(run, "--overwrite");
      if (process.waitFor(random.nextInt(life), TimeUnit.MILLISECONDS)) {
        assertEquals(0, process.exitValue(), log());
        requireSame(whole, run);
        ended++;
      } else {
        process.destroyForcibly().waitFor();
        kills++;
        if (Files.exists(run.resolve("last.safetensors"))) {
          Loaded.module(run.resolve("last.safetensors"), ModuleOptions.defaults());
        }
      }
    }
    Path run = folder.resolve("run" + ended);
    boolean begun = Files.exists(run.resolve("last.safetensors"));
    assertEquals(0, start(run, begun ? "--resume" : "--overwrite").waitFor(), log());
    requireSame(whole, run);
    System.out.printf(
        "killed %d times, %d runs ended, each with the bytes of a run that was never interrupted%n",
        kills, ended + 1);
  }

  private static void requireSame(Path whole, Path run) throws IOException {
    for (String file :
        List.of(
            "last.safetensors",
            "best.safetensors",
            "posteriors.csv",
            "weights.csv",
            "posteriors.json",
            "posteriors.png",
            "config.json")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(run.resolve(file)), file);
    }
    assertEquals(withoutSeconds(whole), withoutSeconds(run));
  }

  private static List<String> withoutSeconds(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream()
        .map(row -> row.substring(0, row.lastIndexOf(',')))
        .toList();
  }

  /**
   * As by Ctrl-C or a system that shuts down. Not SIGINT, which programs ignore that a script has
   * put into the background.
   */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunThatIsInterruptedSaysHowToGoOn() throws Exception {
    Path run = folder.resolve("run");
    Process process = start(run);
    while (process.isAlive() && !log().contains("epoch 1/6")) {
      Thread.sleep(20);
    }
    assertEquals(
        0, new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor());
    assertNotEquals(0, process.waitFor());
    assertTrue(log().contains("go on with train --resume --out " + run), log());
    assertEquals(0, start(run, "--resume").waitFor(), log());
  }

  /** A limit on the size of files, for want of a full disk: writes fail half-way. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunThatFindsTheDiskFullSaysSoAndCanGoOn() throws Exception {
    Path run = folder.resolve("run");
    Process begun = start(run);
    while (begun.isAlive() && !log().contains("epoch 2/6")) {
      Thread.sleep(20);
    }
    begun.destroyForcibly().waitFor();
    List<String> arguments = new ArrayList<>(Arrays.asList(RUN));
    arguments.addAll(List.of(run.toString(), "--resume"));
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 300; exec \"$@\"", "-"));
    limited.addAll(java(arguments.toArray(String[]::new)));
    Process full = new ProcessBuilder(limited).redirectErrorStream(true).start();
    String said = new String(full.getInputStream().readAllBytes());
    assertEquals(1, full.waitFor(), said);
    assertTrue(said.contains("has room"), said);
    try (var files = Files.list(run)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")), "nothing half-written");
    }
    assertEquals(0, start(run, "--resume").waitFor(), log());
  }
}
