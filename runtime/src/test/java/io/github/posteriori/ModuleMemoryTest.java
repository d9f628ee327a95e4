package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of a module goes with it, that which its engine holds outside the heap too. In each
 * row all modules together hold more than the process may.
 */
class ModuleMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  @ParameterizedTest
  @CsvSource({"vector, 300, 1024, 1600", "nd4j, 120, 512, 800"})
  @Timeout(400)
  void thousandsOfModulesLeaveNothing(
      String engine, String modules, int heapMegabytes, int residentMegabytes) throws Exception {
    assumeTrue(Files.isReadable(STATUS), "there is no " + STATUS + " to tell the memory in use");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMegabytes + "m",
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            engine,
            modules);
    builder.environment().put("OMP_NUM_THREADS", "1"); // two images are not worth more
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    long resident =
        output
            .lines()
            .filter(line -> line.startsWith(Program.RESULT))
            .mapToLong(line -> Long.parseLong(line.substring(Program.RESULT.length())))
            .findFirst()
            .orElseThrow(() -> new AssertionError(output));
    assertTrue(resident <= 1000L * residentMegabytes, resident + " kB were resident");
  }

  /** What the other JVM runs. */
  static final class Program {
    static final String RESULT = "resident kB: ";

    private static final Shape INPUT = Shape.image(1, 32, 32);

    private Program() {}

    public static void main(String[] arguments) throws IOException {
      ModuleOptions options = ModuleOptions.defaults().withEngine(arguments[0]);
      INDArray images = Nd4j.ones(2, 1, 32, 32);
      for (int m = 0; m < Integer.parseInt(arguments[1]); m++) {
        Chain module = Chain.of(options.withSeed(m), INPUT, Program::lenet);
        module.forward(images);
        module.predict(images, 2);
      }
      try (Stream<String> status = Files.lines(STATUS)) {
        String peak = status.filter(line -> line.startsWith("VmHWM")).findFirst().orElseThrow();
        System.out.println(RESULT + peak.replaceAll("[^0-9]", ""));
      }
    }

    private static List<NetworkLayer[]> lenet(ModuleBuilder build) {
      NetworkLayer conv1 =
          build.bayesConv("conv1", build.input(), Filters.of(6, Window.kernel(5, 5)));
      NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.SOFTPLUS);
      NetworkLayer pool1 = build.maxPool("pool1", act1.output(), Window.kernel(2, 2).stride(2, 2));
      NetworkLayer conv2 =
          build.bayesConv("conv2", pool1.output(), Filters.of(16, Window.kernel(5, 5)));
      NetworkLayer act2 = build.activation("act2", conv2.output(), Activation.SOFTPLUS);
      NetworkLayer pool2 = build.maxPool("pool2", act2.output(), Window.kernel(2, 2).stride(2, 2));
      NetworkLayer flatten = build.flatten("flatten", pool2.output());
      NetworkLayer fc1 = build.bayesLinear("fc1", flatten.output(), 600, true);
      NetworkLayer act3 = build.activation("act3", fc1.output(), Activation.SOFTPLUS);
      NetworkLayer fc2 = build.bayesLinear("fc2", act3.output(), 84, true);
      NetworkLayer act4 = build.activation("act4", fc2.output(), Activation.SOFTPLUS);
      NetworkLayer fc3 = build.bayesLinear("fc3", act4.output(), 10, true);
      return List.of(
          new NetworkLayer[] {conv1, act1, pool1},
          new NetworkLayer[] {conv2, act2, pool2},
          new NetworkLayer[] {flatten},
          new NetworkLayer[] {fc1, act3},
          new NetworkLayer[] {fc2, act4},
          new NetworkLayer[] {fc3});
    }
  }
}
