package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.networks.ClassPath;
import io.github.posteriori.networks.Networks;
import java.nio.file.Path;
import java.util.Optional;

/** What a checkpoint holds, as the commands load it. */
public final class Loaded {
  private Loaded() {}

  /** Finds networks as a command does that is told nothing. */
  public static Networks networks() {
    return new Networks(ClassPath.none(), false);
  }

  /** Loads a module, of a shipped network or of one that the checkpoint carries. */
  public static BayesModule module(Path file, ModuleOptions options) {
    return networks().load(file, Optional.empty(), options);
  }
}
