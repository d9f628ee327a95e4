package io.github.posteriori.cli;

import io.github.posteriori.cli.run.Recipe;
import io.github.posteriori.cli.run.RunFolder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reads options that the command line leaves out from the file that {@code --config} names: a file
 * of properties, whose keys are the options' long names without dashes. Without one, {@code
 * --resume} takes that of the run. To picocli they are defaults, so they are converted and refused
 * like what a user types.
 */
final class ConfigFile implements IDefaultValueProvider {
  static final String OPTION = "--config";
  static final String RESUME = "--resume";

  /** Its source is beside the file, in the run's folder, wherever that was moved to. */
  private static final String NET = "--net";

  /** Options that make no sense in a file. */
  private static final Set<String> NEVER =
      Set.of(OPTION, RESUME, "--trust", "--classpath", "--help", "--version");

  private Properties properties;

  @Override
  public String defaultValue(ArgSpec argument) {
    Path file = file(argument.command());
    if (file == null || !(argument instanceof OptionSpec option)) {
      return null;
    }
    if (properties == null) {
      properties = read(file, argument.command());
    }
    String value = properties.getProperty(option.longestName().substring(2));
    if (option.longestName().equals(NET) && value != null && value.contains(".java")) {
      value = file.toAbsolutePath().resolveSibling(value).toString();
    }
    // In a default picocli would replace ${...} by what the system says; $$ is a dollar sign to it.
    return value == null ? null : value.replace("$", "$$");
  }

  private static Path file(CommandSpec command) {
    Path stated = command.findOption(OPTION).getValue();
    Path run = command.findOption("--out").getValue();
    boolean resumes = command.findOption(RESUME).getValue();
    if (stated != null || run == null || !resumes) {
      return stated;
    }
    Path kept = RunFolder.properties(run);
    return Files.exists(kept) ? kept : null;
  }

  private static Properties read(Path file, CommandSpec command) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(),
          "cannot read the configuration "
              + file
              + " ("
              + (e instanceof NoSuchFileException ? "there is no such file" : e.getMessage())
              + "): expected a file of lines such as epochs=20");
    }
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      requireKnown(key, file, command);
      properties.setProperty(key, properties.getProperty(key).strip());
    }
    properties.replace("recipe", Recipe.FORMER_ORIGINAL, Recipe.ORIGINAL.toString());
    return properties;
  }

  private static void requireKnown(String key, Path file, CommandSpec command) {
    String name = "--" + key;
    boolean known =
        command.options().stream().anyMatch(option -> option.longestName().equals(name));
    if (!known || NEVER.contains(name)) {
      throw new ParameterException(
          command.commandLine(),
          "the configuration "
              + file
              + " sets '"
              + key
              + "', expected the long name of an option of "
              + command.name()
              + ", without dashes"
              + hint(name, command.commandLine()));
    }
  }

  private static String hint(String name, CommandLine command) {
    List<String> near = new UnmatchedArgumentException(command, List.of(name)).getSuggestions();
    return near.stream()
        .filter(option -> !NEVER.contains(option))
        .findFirst()
        .map(option -> ": did you mean " + option.substring(2) + "?")
        .orElse("");
  }
}
