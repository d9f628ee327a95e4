package io.github.posteriori.engine;

import java.util.Optional;

/**
 * How an engine is found and chosen, apart from what runs. Providers are found through {@link
 * java.util.ServiceLoader}; one must load on every JVM, also where its engine cannot run.
 */
public interface EngineProvider {

  /** The name by which {@code ModuleOptions} and {@code --engine} choose the engine. */
  String name();

  /** Of the engines that are available, {@code auto} takes the one with the highest rank. */
  int rank();

  /**
   * Why the engine cannot run on this machine and JVM, and what to do about it; empty where it can.
   */
  Optional<String> unavailable();

  /** The engine; called only where it is available. */
  Engine engine();
}
