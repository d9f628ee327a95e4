package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which engine runs, and what is said where the fast one cannot. */
class EnginesTest {
  private static final Fake MISSING = new Fake("missing", 3, "plug in the card");
  private static final Fake FAST = new Fake("fast", 2, null);
  private static final Fake SLOW = new Fake("slow", 1, null);

  @Test
  void theVectorEngineIsChosenWhereItsModuleIs() {
    assertEquals("vector", Engines.named("auto").name());
    assertEquals("nd4j", Engines.named("nd4j").name());
  }

  @Test
  void anUnknownEngineIsRefusedWithTheNamesThatThereAre() {
    assertEquals(
        "engine is 'cuda', expected auto or one of [vector, nd4j, toy, vector-narrow,"
            + " vector-varied]",
        assertThrows(IllegalArgumentException.class, () -> Engines.named("cuda")).getMessage());
  }

  @Test
  void withoutItsModuleOneLineNamesTheFlagAndNd4jRuns() throws Exception {
    String output = run("auto");
    assertTrue(output.contains("chosen: nd4j"), output);
    assertEquals(1, output.lines().filter(line -> line.contains("--add-modules")).count(), output);
    assertTrue(output.contains("add --add-modules jdk.incubator.vector to the options"), output);
  }

  @Test
  void whereTheJdkExportsHowModulesAreLoadedTheVectorEngineRunsInSilence() throws Exception {
    String output = run("auto", "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
    assertTrue(output.contains("chosen: vector"), output);
    assertFalse(output.contains("WARN"), output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-Xint | the JVM only interprets: start java without -Xint",
        "-XX:TieredStopAtLevel=1 | the JVM runs without its compiler C2: start java without",
        "-XX:CompilationMode=quick-only | the JVM runs without its compiler C2: start java without",
        "-XX:-UseFMA | the processor has no fused multiply-add, or -XX:-UseFMA turns it off",
        "-XX:MaxVectorSize=8 | vector registers have 8 bytes, expected at least 16: start java",
        "-XX:-EnableVectorSupport | the JVM does not compile the Vector API: start java without"
      })
  void whereTheJvmWouldNotCompileVectorsOneLineSaysWhyAndNd4jRuns(String flag, String reason)
      throws Exception {
    String output =
        run("auto", "-XX:+UnlockExperimentalVMOptions", "--add-modules=jdk.incubator.vector", flag);
    assertTrue(output.contains("chosen: nd4j"), output);
    assertEquals(1, output.lines().filter(line -> line.contains("WARN io.")).count(), output);
    assertTrue(
        output.contains("running on the engine nd4j; vector is several times faster: " + reason),
        output);
  }

  @Test
  void withFlagsThatChangeNothingTheVectorEngineRuns() throws Exception {
    String output =
        run(
            "auto",
            "-XX:+UnlockExperimentalVMOptions",
            "--add-modules=jdk.incubator.vector",
            "-XX:-TieredCompilation");
    assertTrue(output.contains("chosen: vector"), output);
  }

  @Test
  void aProgramWithoutAProviderOfSlf4jIsToldAsWell() throws Exception {
    String all = System.getProperty("java.class.path");
    String without =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> !entry.contains("slf4j-simple"))
            .collect(Collectors.joining(File.pathSeparator));
    assertNotEquals(all, without);
    String output = run(without, List.of(), "auto");
    assertTrue(output.contains("chosen: nd4j"), output);
    assertTrue(
        output.contains(
            "WARNING: running on the engine nd4j; vector is several times faster: add"
                + " --add-modules jdk.incubator.vector to the options of java"),
        output);
  }

  @Test
  void forcedWithoutItsModuleItIsRefusedWithTheFlag() throws Exception {
    String output = run("vector");
    assertTrue(
        output.contains(
            "engine is 'vector', which cannot run in this JVM: add --add-modules"
                + " jdk.incubator.vector to the options of java"),
        output);
  }

  /**
   * A provider of an engine of that name.
   *
   * @param reason why it is not available; null where it is
   */
  private record Fake(String name, int rank, String reason) implements EngineProvider {
    @Override
    public Optional<String> unavailable() {
      return Optional.ofNullable(reason);
    }

    @Override
    public Engine engine() {
      assertNull(reason, "asked for an engine that cannot run");
      return new FakeEngine(name);
    }
  }

  private record FakeEngine(String name) implements Engine {
    @Override
    public String machine() {
      return "a fake";
    }

    @Override
    public void useThreads(int threads) {}

    @Override
    public NetworkRunner open(Network network) {
      throw new UnsupportedOperationException("a fake runs nothing");
    }
  }

  /** What choosing writes to the log. */
  private static String log(Runnable choice) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      choice.run();
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theHighestRankThatIsAvailableIsChosen() {
    assertEquals("fast", Engines.choose("auto", List.of(FAST, SLOW)).name());
    assertEquals("fast", Engines.choose("auto", List.of(MISSING, FAST, SLOW)).name());
    assertEquals("slow", Engines.choose("slow", List.of(MISSING, FAST, SLOW)).name());
  }

  @Test
  void whatIsPassedOverIsWarnedOfWithItsReason() {
    String log = log(() -> Engines.choose("auto", List.of(MISSING, FAST, SLOW)));
    assertEquals(1, log.lines().count(), log);
    assertTrue(log.contains("WARN"), log);
    assertTrue(
        log.contains(
            "running on the engine fast; missing is several times faster: plug in the card"),
        log);
    String quiet = log(() -> Engines.choose("auto", List.of(FAST, SLOW)));
    assertTrue(quiet.contains("INFO") && !quiet.contains("WARN"), quiet);
    assertTrue(quiet.contains("running on the engine fast (a fake)"), quiet);
  }

  @Test
  void refusalsSayWhatWasFoundWhatWasExpectedAndTheRemedy() {
    List<EngineProvider> providers = List.of(MISSING, FAST);
    assertEquals(
        "engine is 'cuda', expected auto or one of [missing, fast]",
        refusal(() -> Engines.choose("cuda", providers)));
    assertEquals(
        "engine is 'missing', which cannot run in this JVM: plug in the card",
        refusal(() -> Engines.choose("missing", providers)));
    assertEquals(
        "found no engine that can run here among [missing (plug in the card)]: add the natives of"
            + " ND4J for this platform to the class path",
        refusal(() -> Engines.choose("auto", List.of(MISSING))));
  }

  private static String refusal(Runnable choice) {
    return assertThrows(IllegalArgumentException.class, choice::run).getMessage();
  }

  @Test
  void anEngineIsLookedForOnce() {
    assertSame(Engines.named("nd4j"), Engines.named("nd4j"));
    assertSame(Engines.named("auto"), Engines.named("auto"));
  }

  private static String run(String engine, String... flags)
      throws IOException, InterruptedException {
    return run(System.getProperty("java.class.path"), List.of(flags), engine);
  }

  private static String run(String classPath, List<String> flags, String engine)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, Probe.class.getName(), engine));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** What the other JVM runs. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println("chosen: " + Engines.named(arguments[0]).name());
        } catch (IllegalArgumentException e) {
          System.out.println(Arrays.asList(e.getMessage()));
        }
      }
    }
  }
}
