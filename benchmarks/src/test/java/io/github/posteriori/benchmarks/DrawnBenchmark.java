package io.github.posteriori.benchmarks;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.cli.BenchOptions;
import io.github.posteriori.drawn.DrawnNetwork;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does what {@code posteriori bench} does with a network drawn at random, or describes it. */
@Command(
    name = "benchmarks/run DrawnBenchmark",
    description =
        "Measures a network drawn at random as posteriori bench does, with the batch drawn with"
            + " it.",
    mixinStandardHelpOptions = true)
public final class DrawnBenchmark implements Callable<Integer> {
  @Mixin private BenchOptions bench;

  @Option(
      names = "--network",
      paramLabel = "N",
      required = true,
      description = "the seed of the network")
  private long network;

  @Option(
      names = "--show",
      paramLabel = "F",
      description =
          "measure nothing; print the network as java, the class that declares it, or as json, the"
              + " description that pytorch_bench.py takes")
  private Form show;

  private enum Form {
    JAVA,
    JSON
  }

  private DrawnBenchmark() {}

  /** Runs with the options of {@code bench}, and exits as it does. */
  public static void main(String[] arguments) {
    Program.run(new DrawnBenchmark(), arguments);
  }

  @Override
  public Integer call() {
    DrawnNetwork drawn = DrawnNetwork.timed(network);
    if (show == null) {
      bench.run(drawn.name(), drawn.images(), drawn::module);
    } else {
      System.out.println(show == Form.JAVA ? drawn : described(drawn));
    }
    return ExitCode.OK;
  }

  private static String described(DrawnNetwork drawn) {
    return NetworkDescription.of(drawn.module(ModuleOptions.defaults()), drawn.images()).json();
  }
}
