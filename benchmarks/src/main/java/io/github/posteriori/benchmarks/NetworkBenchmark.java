package io.github.posteriori.benchmarks;

import io.github.posteriori.cli.BenchOptions;
import io.github.posteriori.networks.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does what {@code posteriori bench} does, also with networks that are not shipped. */
@Command(
    name = "benchmarks/run NetworkBenchmark",
    description = "Measures a network as posteriori bench does.",
    mixinStandardHelpOptions = true)
public final class NetworkBenchmark implements Callable<Integer> {
  private static final int BATCH = 128;

  @Mixin private BenchOptions bench;

  @Option(
      names = "--net",
      paramLabel = "N",
      required = true,
      description = "vgg64, or a shipped network")
  private String net;

  @Option(
      names = "--kind",
      paramLabel = "K",
      defaultValue = "bayesian",
      description = "bayesian or frequentist (default: ${DEFAULT-VALUE})")
  private String kind;

  private NetworkBenchmark() {}

  /** Runs with the options of {@code bench}, and exits as it does. */
  public static void main(String[] arguments) {
    Program.run(new NetworkBenchmark(), arguments);
  }

  @Override
  public Integer call() {
    MeasuredNet measured = MeasuredNet.named(net);
    Kind chosen = Kind.named(kind);
    bench.run(net, BATCH, options -> measured.create(chosen, options));
    return ExitCode.OK;
  }
}
