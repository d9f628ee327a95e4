package io.github.posteriori.cli;

import io.github.posteriori.cli.run.Net;
import picocli.CommandLine.Option;

/** The options of every command that makes a network. */
final class NetOptions {
  /** The description of the option {@code --channels}, where there is one. */
  static final String CHANNELS =
      "of the images or signals (default: 1 for lenet and mlp, 12 for signal, 3 for the others)";

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

  /** Returns the stated channels, or those that the network is usually given. */
  int channels(Integer stated) {
    return stated == null ? net().channels() : stated;
  }

  Net.Kind kind() {
    return Net.Kind.named(kind);
  }
}
