package io.github.posteriori.engine;

import io.github.posteriori.log.Log;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The engines on the class path, each looked up once. */
public final class Engines {
  /** The name that stands for the fastest engine available on the machine and the JVM. */
  public static final String AUTO = "auto";

  private static final Log LOG = Log.of(Engines.class);

  /** Engines chosen so far, by name, {@link #AUTO} included. */
  private static final Map<String, Engine> CHOSEN = new ConcurrentHashMap<>();

  private Engines() {}

  /**
   * Returns the engine of that name. The choice is logged once; if {@link #AUTO} has to skip a
   * faster engine, as a warning that says why and how to enable it.
   *
   * @param name {@link #AUTO} or an engine's name
   * @throws IllegalArgumentException when no such engine is on the class path or it cannot run here
   */
  public static Engine named(String name) {
    return CHOSEN.computeIfAbsent(name, n -> choose(n, providers()));
  }

  private static List<EngineProvider> providers() {
    return ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(EngineProvider::rank).reversed())
        .toList();
  }

  /** Chooses among {@code providers}, the highest rank first. */
  static Engine choose(String name, List<EngineProvider> providers) {
    return name.equals(AUTO) ? fastest(providers) : named(name, providers);
  }

  private static Engine fastest(List<EngineProvider> providers) {
    for (EngineProvider provider : providers) {
      if (provider.unavailable().isEmpty()) {
        Engine engine = provider.engine();
        EngineProvider first = providers.get(0);
        if (provider == first) {
          LOG.info("running on the engine " + engine.name() + " (" + engine.machine() + ")");
        } else {
          LOG.warn(
              "running on the engine "
                  + engine.name()
                  + "; "
                  + first.name()
                  + " is several times faster: "
                  + first.unavailable().orElse(""));
        }
        return engine;
      }
    }
    throw new IllegalArgumentException(
        "found no engine that can run here among "
            + providers.stream()
                .map(provider -> provider.name() + " (" + provider.unavailable().orElse("") + ")")
                .collect(Collectors.joining(", ", "[", "]"))
            + ": add the natives of ND4J for this platform to the class path");
  }

  private static Engine named(String name, List<EngineProvider> providers) {
    EngineProvider provider =
        providers.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "engine is '"
                            + name
                            + "', expected auto or one of "
                            + providers.stream().map(EngineProvider::name).toList()));
    provider
        .unavailable()
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "engine is '" + name + "', which cannot run in this JVM: " + reason);
            });
    return provider.engine();
  }
}
