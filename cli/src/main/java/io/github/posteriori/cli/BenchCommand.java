package io.github.posteriori.cli;

import io.github.posteriori.cli.run.Net;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    description =
        "Measures how long a training step and a prediction take, on random images: a step is"
            + " forward, loss with the KL divergence, backward and optimiser; a prediction the mean"
            + " of T softmax passes. What comes before the times stop falling is not counted.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final int CLASSES = 10;

  @Mixin private NetOptions net;
  @Mixin private BenchOptions bench;

  @Option(names = "--channels", paramLabel = "N", description = NetOptions.CHANNELS)
  private Integer channels;

  @Override
  public Integer call() {
    Net chosen = net.net();
    int inputs = net.channels(channels);
    BenchOptions.require("channels", inputs, 1);
    bench.run(
        chosen.toString(),
        BenchOptions.BATCH,
        options -> chosen.create(net.kind(), inputs, CLASSES, options));
    return ExitCode.OK;
  }
}
