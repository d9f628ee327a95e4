package io.github.posteriori.cli;

import io.github.posteriori.cli.run.Net;
import picocli.CommandLine.Option;

/** The options of every command that makes a network. */
final class NetOptions {
  @Option(
      names = "--net",
      paramLabel = "N",
      defaultValue = "lenet",
      description =
          "lenet, alexnet, 3conv3fc, resnet20, vgg11, mlp, separable or signal (default:"
              + " ${DEFAULT-VALUE})")
  private String net;

  @Option(
      names = "--kind",
      paramLabel = "K",
      defaultValue = "bayesian",
      description = "bayesian or frequentist (default: ${DEFAULT-VALUE})")
  private String kind;

  Net net() {
    return Net.named(net);
  }

  Net.Kind kind() {
    return Net.Kind.named(kind);
  }
}
