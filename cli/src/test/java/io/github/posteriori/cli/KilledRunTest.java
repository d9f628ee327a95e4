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
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real programs, ended in the ways that real programs end. What nobody ends runs in the test's own
 * JVM, which is warm.
 */
class KilledRunTest {
  private static final int KILLS = Integer.getInteger("posteriori.kills", 6);
  private static final int EPOCHS = 4;
  private static final String RUN =
      "--engine nd4j --limit 100 --batch 64 --record conv1 --epochs " + EPOCHS;

  @TempDir private static Path folder;

  /** A run that nobody ended. */
  private static Path whole;

  /** A program that was interrupted after its second epoch. */
  private static Program interrupted;

  /** About how long a program trains, from its first epoch to the end of the last. */
  private static int milliseconds;

  /** A program that trains into {@code run}, and what it says. */
  private record Program(Process process, Path run, Path log) {
    static Program start(List<String> before, Path run, String... more) throws IOException {
      List<String> command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // As this test was started, but for the tools that watch it.
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(argument -> !argument.startsWith("-javaagent"))
          .forEach(command::add);
      // A program that lives so shortly would spend most of its time compiling what it runs.
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      command.add("train");
      command.addAll(List.of(RUN.split(" ")));
      command.addAll(List.of("--out", run.toString()));
      command.addAll(List.of(more));
      Path log = Files.createTempFile(folder, "said", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new Program(process, run, log);
    }

    String said() throws IOException {
      return Files.readString(log);
    }

    /** Waits until the program says this, or ends without it. */
    void awaitSaying(String text) throws Exception {
      while (process.isAlive() && !said().contains(text)) {
        Thread.sleep(10);
      }
    }

    boolean isBegun() {
      return Files.exists(run.resolve("last.safetensors"));
    }
  }

  @BeforeAll
  static void train() throws Exception {
    whole = folder.resolve("whole");
    assertEnds(whole);
    interrupted = Program.start(List.of(), folder.resolve("interrupted"));
    interrupted.awaitSaying("epochs " + EPOCHS);
    long begin = System.nanoTime();
    interrupted.awaitSaying("epoch 2/" + EPOCHS);
    milliseconds = (int) ((System.nanoTime() - begin) / 1_000_000) * EPOCHS / 2;
    // Not SIGINT, which programs ignore that a script has put into the background.
    interrupted.process().destroy();
    interrupted.process().waitFor();
  }

  /** Trains in this JVM, to the end. */
  private static void assertEnds(Path run, String... more) {
    Outcome outcome = Runs.train(RUN, run, more);
    assertEquals(0, outcome.code(), outcome.err());
  }

  /**
   * Kills a run without warning at random moments, from its first step to its end, and goes on with
   * it each time; where it comes to its end, another is begun.
   */
  @Test
  void aRunThatIsKilledAtRandomMomentsEndsWithTheSameBytes() throws Exception {
    Random random = new Random(20);
    int ended = 0;
    int kills = 0;
    boolean begun = false;
    while (kills < KILLS) {
      Path run = folder.resolve("run" + ended);
      Program program = Program.start(List.of(), run, begun ? "--resume" : "--overwrite");
      program.awaitSaying("epochs " + EPOCHS);
      if (program.process().waitFor(random.nextInt(milliseconds), TimeUnit.MILLISECONDS)) {
        assertEquals(0, program.process().exitValue(), program.said());
        requireSame(run);
        ended++;
        begun = false;
      } else {
        program.process().destroyForcibly().waitFor();
        kills++;
        begun = program.isBegun();
        if (begun) {
          Loaded.module(run.resolve("last.safetensors"), ModuleOptions.defaults());
        }
      }
    }
    Path run = folder.resolve("run" + ended);
    assertEnds(run, begun ? "--resume" : "--overwrite");
    requireSame(run);
    System.out.printf(
        "killed %d times, %d runs ended, each with the bytes of a run that was never interrupted%n",
        kills, ended + 1);
  }

  private static void requireSame(Path run) throws IOException {
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

  /** A folder as the interrupted program has left it. */
  private static Path interrupted(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(interrupted.run())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  /** As by Ctrl-C or a system that shuts down. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunThatIsInterruptedSaysHowToGoOn() throws Exception {
    assertNotEquals(0, interrupted.process().exitValue());
    String said = interrupted.said();
    assertTrue(said.contains("go on with train --resume --out " + interrupted.run()), said);
    Path run = interrupted("resumed");
    assertEnds(run, "--resume");
    requireSame(run);
  }

  /** A limit on the size of files, for want of a full disk: writes fail half-way. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunThatFindsTheDiskFullSaysSoAndCanGoOn() throws Exception {
    Path run = interrupted("full");
    List<String> limited = List.of("bash", "-c", "ulimit -f 300; exec \"$@\"", "-");
    Program full = Program.start(limited, run, "--resume");
    assertEquals(1, full.process().waitFor(), full.said());
    assertTrue(full.said().contains("has room"), full.said());
    try (Stream<Path> files = Files.list(run)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")), "nothing half-written");
    }
    assertEnds(run, "--resume");
    requireSame(run);
  }
}
