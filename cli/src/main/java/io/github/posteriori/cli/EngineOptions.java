package io.github.posteriori.cli;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Engines;
import picocli.CommandLine.Option;

/** The options of every command that runs a network. */
final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "E",
      defaultValue = Engines.AUTO,
      description = "auto, vector or nd4j (default: ${DEFAULT-VALUE})")
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "threads that the engine may use (default: one for each core)")
  private int threads;

  /** Limits the engine's threads, if that is asked for, and returns its name. */
  String name() {
    Engine chosen = Engines.named(engine);
    if (threads < 0) {
      throw new IllegalArgumentException(
          "threads is " + threads + ", expected at least 1, or 0 for all cores");
    }
    if (threads > 0) {
      chosen.useThreads(threads);
    }
    return chosen.name();
  }

  int threads() {
    return threads;
  }
}
