package io.github.posteriori.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** How a benchmark with options runs. */
final class Program {
  private Program() {}

  /** Runs a command and exits as {@code posteriori} would; what is refused is told in one line. */
  static void run(Object command, String... arguments) {
    System.exit(
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  if (!(failure instanceof IllegalArgumentException)) {
                    throw failure;
                  }
                  line.getErr().println(failure.getMessage());
                  return ExitCode.USAGE;
                })
            .execute(arguments));
  }
}
