package io.github.posteriori.engine;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The engines on the class path. */
public final class Engines {
  /** Takes the fastest engine that the machine and the JVM allow. */
  public static final String AUTO = "auto";

  private Engines() {}

  /**
   * The engine of that name.
   *
   * @param name {@link #AUTO} or an engine's own
   * @throws IllegalArgumentException when no such engine is on the class path or it cannot run here
   */
  public static Engine named(String name) {
    List<Engine> engines =
        ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(Engine::available)
            .sorted(Comparator.comparingInt(Engine::rank).reversed())
            .toList();
    return engines.stream()
        .filter(engine -> name.equals(AUTO) || engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "engine is '"
                        + name
                        + "', expected auto or one of "
                        + engines.stream().map(Engine::name).toList()));
  }
}
