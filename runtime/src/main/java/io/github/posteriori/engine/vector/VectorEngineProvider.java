package io.github.posteriori.engine.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.EngineProvider;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Offers the fast engine where the JVM compiles the Vector API to vector instructions. Elsewhere
 * each of its operations would make an object, which is orders of magnitude slower than ND4J.
 *
 * <p>This class loads without the module {@code jdk.incubator.vector}, to say that it is missing;
 * those of the engine do not.
 */
public final class VectorEngineProvider implements EngineProvider {
  static final String NAME = "vector";
  private static final int C2 = 4;

  /** Bytes of the narrowest register that holds more numbers than a scalar instruction pays for. */
  private static final int NARROWEST = 16;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public Optional<String> unavailable() {
    if (!VectorModule.load()) {
      return Optional.of(VectorModule.REMEDY);
    }
    String vm = System.getProperty("java.vm.name", "");
    if (!vm.contains("HotSpot") && !vm.contains("OpenJDK")) {
      return Optional.of("the JVM is " + vm + ", expected HotSpot, which compiles vectors");
    }
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted")) {
      return Optional.of("the JVM only interprets: start java without -Xint");
    }
    HotSpotDiagnosticMXBean flags =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (Integer.parseInt(flag(flags, "TieredStopAtLevel", String.valueOf(C2))) < C2
        || mode.contains("emulated-client")
        || vm.contains("Client")) {
      return Optional.of(
          "the JVM runs without its compiler C2: start java without -XX:TieredStopAtLevel,"
              + " -XX:CompilationMode and -client");
    }
    if (flag(flags, "UseJVMCICompiler", "false").equals("true")) {
      return Optional.of(
          "the JVM compiles with Graal, expected C2: start java with -XX:-UseJVMCICompiler");
    }
    if (flag(flags, "EnableVectorSupport", "true").equals("false")) {
      return Optional.of(
          "the JVM does not compile the Vector API: start java without -XX:-EnableVectorSupport");
    }
    int register = Integer.parseInt(flag(flags, "MaxVectorSize", String.valueOf(NARROWEST)));
    if (register < NARROWEST) {
      return Optional.of(
          "vector registers have %s bytes, expected at least %s: start java without -XX:MaxVectorSize"
              .formatted(register, NARROWEST));
    }
    if (flag(flags, "UseFMA", "true").equals("false")) {
      return Optional.of(
          "the processor has no fused multiply-add, or -XX:-UseFMA turns it off: remove that"
              + " option, or run on a newer processor");
    }
    return Optional.empty();
  }

  /** The value of a JVM flag, or what it stands for where this JVM has no such flag. */
  private static String flag(HotSpotDiagnosticMXBean flags, String name, String absent) {
    if (flags == null) {
      return absent;
    }
    try {
      return flags.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return absent;
    }
  }

  @Override
  public Engine engine() {
    return new VectorEngine();
  }
}
