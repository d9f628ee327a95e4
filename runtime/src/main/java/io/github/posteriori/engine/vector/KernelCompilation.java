package io.github.posteriori.engine.vector;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Has C2 compile each kernel by itself, never as a part of its caller.
 *
 * <p>A vector stays in a register only where C2 inlines every operation on it, and C2 stops
 * inlining when a method has grown to a fixed number of nodes. Kernels inlined into what calls them
 * can reach that limit, depending on which method was hot first; each operation that is then left
 * out makes an object of its vector, in every iteration. No kernel takes or returns a vector, so a
 * call of one costs nanoseconds.
 *
 * <p>The directive is one of JEP 165, "Compiler Control". Like those of {@code
 * -XX:CompilerDirectivesFile}, it holds for methods that are compiled later. A JVM that does not
 * take it computes the same numbers.
 */
final class KernelCompilation {
  /** What computes with vectors. */
  static final List<String> KERNELS =
      List.of("kernel/*", "AdamRule", "IvonRule").stream()
          .map(name -> "io/github/posteriori/engine/vector/" + name)
          .toList();

  private static final String DIAGNOSTIC_COMMANDS = "com.sun.management:type=DiagnosticCommand";

  private KernelCompilation() {}

  /**
   * Adds the directive from a thread of its own, since the JVM's management takes 0.1 s to load.
   */
  static void begin() {
    Thread thread = new Thread(KernelCompilation::addDirective, "kernel-compilation");
    thread.setDaemon(true);
    thread.start();
  }

  private static void addDirective() {
    try {
      Path file = Files.createTempFile("posteriori", ".json");
      try {
        Files.writeString(file, directive());
        command("compilerDirectivesAdd", file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException | JMException | SecurityException e) {
      System.getLogger(KernelCompilation.class.getName())
          .log(System.Logger.Level.DEBUG, "The JVM takes no compiler directive", e);
    }
  }

  private static String directive() {
    return KERNELS.stream()
        .map(kernels -> '"' + "-" + kernels + ".*" + '"')
        .collect(Collectors.joining(", ", "[{match: [\"*.*\"], inline: [", "]}]"));
  }

  /** Runs one of the commands that {@code jcmd} offers, and returns what it prints. */
  static String command(String name, String... arguments) throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName(DIAGNOSTIC_COMMANDS),
                name,
                new Object[] {arguments},
                new String[] {String[].class.getName()});
  }
}
