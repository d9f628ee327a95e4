package io.github.posteriori.cli;

import io.github.posteriori.networks.Networks;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that reads networks which others may have made. */
final class TrustOptions {
  @Mixin private ClassPathOptions classPath;

  @Option(
      names = "--trust",
      description =
          "run the code of a checkpoint's or a run's network, such as layers of its own (default:"
              + " only annotated fields, which run none)")
  private boolean trust;

  Networks networks() {
    return new Networks(classPath.classPath(), trust);
  }
}
