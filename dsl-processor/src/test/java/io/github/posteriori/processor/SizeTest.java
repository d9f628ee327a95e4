package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.processor.Project.Build;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large classes, many faults, little time. */
class SizeTest {
  @TempDir private Path folder;

  private static String[] layers(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                i % 2 == 0
                    ? "  @BayesLinear(out = 4) Layer fc" + i + ";"
                    : "  @Activate Layer act" + i + ";")
        .toArray(String[]::new);
  }

  @Test
  void moduleOfTwoHundredLayersCompilesAndLoads() throws Exception {
    Project project = Project.in(folder);
    Path net = project.write(Nets.net("features = 4", layers(200)));
    assertEquals(new Build(true, List.of()), project.javac(net));
    URL[] classes = {project.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes)) {
      Class<?> module = Class.forName("test.NetModule", true, loader);
      long accessors =
          Arrays.stream(module.getMethods())
              .filter(m -> m.getName().matches("(fc|act)\\d+"))
              .count();
      assertEquals(200, accessors);
    }
  }

  /** Twice the time for each level would be weeks. */
  @Test
  @Timeout(60)
  void blocksNestedThirtyLevelsDeepCompile() {
    List<JavaFileObject> levels = new ArrayList<>();
    levels.add(
        Nets.source("test.B0", "@BayesModel(features = FREE) class B0 { @Activate Layer a; }"));
    for (int i = 1; i < 30; i++) {
      String body = "{ @Block B" + (i - 1) + " block; @BatchNorm Layer norm; }";
      levels.add(Nets.source("test.B" + i, "@BayesModel(features = FREE) class B" + i + body));
    }
    levels.add(Nets.net("features = 4", "  @Block B29 block;", "  @Linear(out = 2) Layer fc;"));
    assertThat(Nets.compile(levels.toArray(JavaFileObject[]::new))).succeededWithoutWarnings();
  }

  @Test
  void eachOfFifteenFaultsIsOnItsOwnLine() throws Exception {
    String[] fields = {
      "Layer bare; // P020",
      "@Activate @BatchNorm Layer both; // P021",
      "@Activate int typed; // P022",
      "@BatchNorm final Layer fixed = null; // P023",
      "@BatchNorm Layer made = null; // P024",
      "@Activate Layer save; // P025",
      "@BayesConv(out = 0, kernel = 1) Layer none; // P030",
      "@Conv(out = 8, kernel = {1, 1, 1}) Layer cube; // P031",
      "@Conv(out = 8, kernel = 1, groups = 3, from = \"none\") Layer uneven; // P032",
      "@MaxPool(kernel = 2, padding = 2, from = \"bare\") Layer border; // P033",
      "@Dropout(7) Layer drop; // P034",
      "@BayesConv(out = 8, kernel = 1, prior = @Prior(sigma = 0)) Layer sharp; // P035",
      "@BayesConv(out = 8, kernel = 1, prior = @Prior(rhoStd = -1)) Layer thin; // P036",
      "@BayesConv(out = 8, kernel = 1, prior = @Prior(mu = 0 / 0.)) Layer nan; // P037",
      "@Flatten(from = \"nowhere\") Layer lost; // P040"
    };
    Project project = Project.in(folder);
    List<String> lines =
        Nets.net(Nets.IMAGE, fields).getCharContent(false).toString().lines().toList();
    Build build = project.javac(project.write(Nets.net(Nets.IMAGE, fields)));
    List<String> found =
        build.faults().stream()
            .map(
                fault ->
                    fault.message().substring(1, 5) + " on " + lines.get((int) fault.line() - 1))
            .toList();
    assertEquals(
        Arrays.stream(fields).map(field -> field.split("// ")[1] + " on " + field).toList(), found);
  }

  /** The thread's own time, which other programs of the machine do not stretch. */
  @Test
  void fiftyLayersCompileInUnder150Milliseconds() {
    JavaFileObject net = Nets.net("features = 4", layers(50));
    long[] nanos = LongStream.range(0, 40).map(i -> timeToCompile(net)).skip(20).sorted().toArray();
    long milliseconds = nanos[10] / 1_000_000;
    System.out.println("compiling a class of 50 layers takes " + milliseconds + " ms");
    assertTrue(milliseconds < 150, milliseconds + " ms");
  }

  private static long timeToCompile(JavaFileObject net) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertThat(Nets.compile(net)).succeeded();
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }
}
