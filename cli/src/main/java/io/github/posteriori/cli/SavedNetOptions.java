package io.github.posteriori.cli;

import io.github.posteriori.networks.Networks;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say which network a file holds, where the file is not to be asked. */
final class SavedNetOptions {
  @Option(
      names = "--net",
      paramLabel = "NET",
      description =
          "the network of the checkpoint: a shipped name, a source such as Net.java or"
              + " Nets.java#Net, or a class with --classpath (default: what the checkpoint says)")
  private String net;

  @Mixin private TrustOptions trust;

  Optional<String> net() {
    return Optional.ofNullable(net);
  }

  Networks networks() {
    return trust.networks();
  }
}
