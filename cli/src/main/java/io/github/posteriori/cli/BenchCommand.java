package io.github.posteriori.cli;

import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Networks;
import java.util.Map;
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
  @Mixin private ClassPathOptions classPath;
  @Mixin private BenchOptions bench;

  @Option(names = "--channels", paramLabel = "N", description = NetOptions.CHANNELS)
  private Integer channels;

  @Override
  public Integer call() {
    Definition definition = net.definition(new Networks(classPath.classPath(), false), true);
    Map<String, Integer> sizes = net.sizes(definition, channels, CLASSES);
    BenchOptions.require("channels", sizes.get("channels"), 1);
    bench.run(definition.name(), BenchOptions.BATCH, options -> definition.create(sizes, options));
    return ExitCode.OK;
  }
}
