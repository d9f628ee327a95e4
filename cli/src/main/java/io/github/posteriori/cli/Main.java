package io.github.posteriori.cli;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.calibration.ScoreChoice;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.cli.cluster.ClusterException;
import io.github.posteriori.cli.run.MethodChoice;
import io.github.posteriori.cli.run.OptimiserChoice;
import io.github.posteriori.cli.run.RunFolderException;
import io.github.posteriori.cli.serve.ServeException;
import io.github.posteriori.data.DataException;
import io.github.posteriori.names.Spelling;
import io.github.posteriori.networks.CompilationException;
import io.github.posteriori.networks.NetException;
import io.github.posteriori.train.DivergedException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code posteriori COMMAND}. */
@Command(
    name = "posteriori",
    description = "Bayesian convolutional networks that know when they do not know.",
    version = "Posteriori 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    subcommands = {
      NewCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      UncertaintyCommand.class,
      CalibrateCommand.class,
      ReportCommand.class,
      PredictCommand.class,
      ScoreCommand.class,
      MixtureCommand.class,
      SummaryCommand.class,
      ConvertCommand.class,
      PruneCommand.class,
      ExportCommand.class,
      ServeCommand.class,
      BenchCommand.class
    })
public final class Main {
  private static final String RENAME = "set LC_ALL=C.UTF-8, or rename the file";

  Main() {}

  /** Runs a command and exits with 0, 1 (failed) or 2 (usage). */
  public static void main(String[] arguments) {
    // The commands list what they leave out of a table or a folder of the user's own.
    for (String reader : List.of("Table", "PictureIndex")) {
      System.setProperty("org.slf4j.simpleLogger.log.io.github.posteriori.data." + reader, "error");
    }
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine command =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(Main::explain)
            .setParameterExceptionHandler(Main::refuse)
            .setUsageHelpAutoWidth(true)
            .registerConverter(Path.class, Main::path)
            .registerConverter(Activation.class, oneOf(functions()))
            .registerConverter(Estimator.class, oneOf(Estimator.values()))
            .registerConverter(OptimiserChoice.class, oneOf(OptimiserChoice.values()))
            .registerConverter(MethodChoice.class, oneOf(MethodChoice.values()))
            .registerConverter(ScoreChoice.class, oneOf(ScoreChoice.values()));
    try {
      return command.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    } catch (OutOfMemoryError e) {
      command
          .getErr()
          .println(
              "posteriori: out of memory ("
                  + e.getMessage()
                  + "): the heap may take "
                  + (Runtime.getRuntime().maxMemory() >> 20)
                  + " MB; take a smaller --batch or --limit, or allow more by"
                  + " POSTERIORI_JAVA_OPTS=-Xmx... where the machine has it");
      return ExitCode.SOFTWARE;
    }
  }

  private static Activation[] functions() {
    return Stream.of(Activation.values())
        .filter(function -> function != Activation.MODEL)
        .toArray(Activation[]::new);
  }

  private static Path path(String written) {
    try {
      return Path.of(written);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "found '" + written + "', expected a name in the letters of the locale: " + RENAME);
    }
  }

  /** Lists constants as the help spells them; capitals will do, too. */
  @SafeVarargs
  private static <E extends Enum<E>> ITypeConverter<E> oneOf(E... constants) {
    List<String> names =
        Stream.of(constants)
            .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();
    return written -> {
      int index = names.indexOf(written.toLowerCase(Locale.ROOT));
      if (index < 0) {
        throw new TypeConversionException(
            "found '" + written + "', expected one of " + names + Spelling.hint(written, names));
      }
      return constants[index];
    };
  }

  /** Says what is wrong and where help is; the help itself would push that out of sight. */
  private static int refuse(ParameterException refused, String[] arguments) {
    CommandLine command = refused.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("posteriori: " + refused.getMessage());
    UnmatchedArgumentException.printSuggestions(refused, err);
    err.println("'" + command.getCommandSpec().qualifiedName() + " --help' tells what there is");
    return ExitCode.USAGE;
  }

  /**
   * Prints one line that says what was found, what was expected and the remedy; a stack trace helps
   * nobody here.
   */
  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof CompilationException) {
      command.getErr().print(failure.getMessage());
      command.getErr().flush();
      return ExitCode.SOFTWARE;
    }
    boolean expected =
        failure instanceof DataException
            || failure instanceof CheckpointException
            || failure instanceof NetException
            || failure instanceof RunFolderException
            || failure instanceof ServeException
            || failure instanceof ClusterException
            || failure instanceof DivergedException
            || failure instanceof IllegalArgumentException;
    String message =
        failure instanceof InvalidPathException
            ? "found a name of a file that is none in this locale ("
                + failure.getMessage()
                + "), expected one in its letters: "
                + RENAME
            : expected ? failure.getMessage() : "unexpected failure: " + failure;
    command.getErr().println("posteriori: " + message);
    if (!expected && Boolean.getBoolean("posteriori.trace")) {
      failure.printStackTrace(command.getErr());
    }
    return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }
}
