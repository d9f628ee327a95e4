package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which engine runs, and what is said where the fast one cannot. */
class EnginesTest {
  @Test
  void theVectorEngineIsChosenWhereItsModuleIs() {
    assertEquals("vector", Engines.named("auto").name());
    assertEquals("nd4j", Engines.named("nd4j").name());
  }

  @Test
  void anUnknownEngineIsRefusedWithTheNamesThatThereAre() {
    assertEquals(
        "engine is 'cuda', expected auto or one of [vector, nd4j, toy]",
        assertThrows(IllegalArgumentException.class, () -> Engines.named("cuda")).getMessage());
  }

  @Test
  void withoutItsModuleOneLineNamesTheFlagAndNd4jRuns() throws Exception {
    String output = runWithoutModule("auto");
    assertTrue(output.contains("chosen: nd4j"), output);
    assertEquals(1, output.lines().filter(line -> line.contains("--add-modules")).count(), output);
    assertTrue(output.contains("add --add-modules jdk.incubator.vector to the options"), output);
  }

  @Test
  void forcedWithoutItsModuleItIsRefusedWithTheFlag() throws Exception {
    String output = runWithoutModule("vector");
    assertTrue(
        output.contains(
            "engine is 'vector', which cannot run in this JVM: add --add-modules"
                + " jdk.incubator.vector to the options of java"),
        output);
  }

  private static String runWithoutModule(String engine) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName(), engine));
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
