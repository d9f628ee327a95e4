package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;
import org.junit.jupiter.api.Test;

class KernelCompilationTest {
  @Test
  void anEngineKeepsKernelsOutOfTheirCallers() throws Exception {
    new VectorEngine();
    String directives = "";
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!directives.contains("vector/kernel") && System.nanoTime() < end) {
      Thread.sleep(20);
      directives = KernelCompilation.command("compilerDirectivesPrint");
    }
    for (String kernels : KernelCompilation.KERNELS) {
      assertTrue(
          directives.replace('.', '/').contains("-" + kernels + "/*"),
          kernels + " is not in\n" + directives);
    }
  }

  @Test
  void whatComputesWithVectorsIsAKernel() throws Exception {
    List<String> vectorised =
        classes().stream().filter(KernelCompilationTest::computesWithVectors).toList();
    assertTrue(vectorised.size() > 25, "found " + vectorised);
    for (String name : vectorised) {
      assertTrue(
          KernelCompilation.KERNELS.stream().anyMatch(kernels -> holds(kernels, name)),
          name + " computes with vectors and is not of " + KernelCompilation.KERNELS);
    }
  }

  private static boolean holds(String kernels, String name) {
    return kernels.endsWith("*")
        ? name.startsWith(kernels.substring(0, kernels.length() - 1))
        : name.equals(kernels);
  }

  @Test
  void noMethodTakesOrReturnsAVector() throws Exception {
    for (String name : classes()) {
      for (Method method : Class.forName(name.replace('/', '.')).getDeclaredMethods()) {
        assertFalse(
            Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                .anyMatch(Vector.class::isAssignableFrom),
            method + " takes or returns a vector, which a call makes an object");
      }
    }
  }

  private static boolean computesWithVectors(String name) {
    try (var in = VectorEngine.class.getResourceAsStream("/" + name + ".class")) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
          .contains("jdk/incubator/vector/FloatVector");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The engine's classes, as the JVM writes their names. */
  private static List<String> classes() throws IOException, URISyntaxException {
    Path root =
        Path.of(VectorEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root.resolve("io/github/posteriori/engine/vector"))) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .toList();
    }
  }
}
