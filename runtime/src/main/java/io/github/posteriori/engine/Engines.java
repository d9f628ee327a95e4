package io.github.posteriori.engine;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines on the class path. */
public final class Engines {
  /** Takes the fastest engine that the machine and the JVM allow. */
  public static final String AUTO = "auto";

  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private Engines() {}

  /**
   * The engine of that name. Where {@link #AUTO} has to pass over a faster one, a warning says so
   * once, and how to get it.
   *
   * @param name {@link #AUTO} or an engine's own
   * @throws IllegalArgumentException when no such engine is on the class path or it cannot run here
   */
  public static Engine named(String name) {
    List<Engine> engines =
        ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparingInt(Engine::rank).reversed())
            .toList();
    return name.equals(AUTO) ? fastest(engines) : named(name, engines);
  }

  private static Engine fastest(List<Engine> engines) {
    for (Engine engine : engines) {
      if (engine.available()) {
        Engine first = engines.get(0);
        if (engine != first && TOLD.compareAndSet(false, true)) {
          LOG.warn(
              "running on the engine {}; {} is several times faster: {}",
              engine.name(),
              first.name(),
              first.remedy());
        }
        return engine;
      }
    }
    throw new IllegalArgumentException(
        "found no engine that can run here among "
            + names(engines)
            + ": add the natives of ND4J for this platform to the class path");
  }

  private static Engine named(String name, List<Engine> engines) {
    Engine engine =
        engines.stream()
            .filter(e -> e.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "engine is '" + name + "', expected auto or one of " + names(engines)));
    if (!engine.available()) {
      throw new IllegalArgumentException(
          "engine is '" + name + "', which cannot run in this JVM: " + engine.remedy());
    }
    return engine;
  }

  private static List<String> names(List<Engine> engines) {
    return engines.stream().map(Engine::name).toList();
  }
}
