package io.github.posteriori.engine;

import java.util.Optional;

/**
 * Describes an engine so that it can be found and chosen. Providers are found through {@link
 * java.util.ServiceLoader}; a provider must load on every JVM, even if its engine cannot run there.
 */
public interface EngineProvider {

  /** The name by which {@code ModuleOptions} and {@code --engine} choose the engine. */
  String name();

  /** The rank by which {@code auto} chooses: the highest among the available engines. */
  int rank();

  /**
   * Returns why the engine cannot run on this machine and JVM and what to do about it; empty if it
   * can.
   */
  Optional<String> unavailable();

  /** Returns the engine; called only if it is available. */
  Engine engine();
}
