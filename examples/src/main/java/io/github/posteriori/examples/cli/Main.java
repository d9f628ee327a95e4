package io.github.posteriori.examples.cli;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.data.DataException;
import io.github.posteriori.examples.run.RunFolderException;
import io.github.posteriori.train.DivergedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

/** The command line: {@code posteriori COMMAND}. */
@Command(
    name = "posteriori",
    description = "Bayesian convolutional networks that know when they do not know.",
    version = "Posteriori 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      UncertaintyCommand.class,
      PredictCommand.class,
      MixtureCommand.class,
      SummaryCommand.class,
      ConvertCommand.class
    })
public final class Main {
  Main() {}

  /** Runs a command and exits with 0, 1 (failed) or 2 (usage). */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::explain)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
  }

  /**
   * One line that says what was found, what was expected and the remedy; a stack trace helps nobody
   * here.
   */
  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    boolean expected =
        failure instanceof DataException
            || failure instanceof CheckpointException
            || failure instanceof RunFolderException
            || failure instanceof DivergedException
            || failure instanceof IllegalArgumentException;
    command
        .getErr()
        .println(
            "posteriori: " + (expected ? failure.getMessage() : "unexpected failure: " + failure));
    if (!expected && Boolean.getBoolean("posteriori.trace")) {
      failure.printStackTrace(command.getErr());
    }
    return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }
}
