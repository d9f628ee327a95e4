package io.github.posteriori.cli;

import io.github.posteriori.cli.run.TargetLikelihood;
import io.github.posteriori.data.TableColumns;
import io.github.posteriori.data.TargetReading;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is predicted: the columns of a table, and the likelihood of the targets. */
final class TargetOptions {
  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description =
          "of a .csv file: the column to predict; words are classes, numbers are regressed. Several"
              + " columns of numbers have commas between them, or the option is repeated")
  private List<String> names = List.of();

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "of a .csv file: columns that are no features (default: none)")
  private List<String> ignored = List.of();

  @Option(
      names = "--classes",
      description = "of a .csv file: numbers in the target are names of classes")
  private boolean classes;

  @Option(
      names = "--likelihood",
      paramLabel = "L",
      converter = LikelihoodName.class,
      description =
          "to train, of the targets: categorical (classes), gaussian (numbers), heteroscedastic"
              + " (numbers whose noise depends on the input), poisson (counts) or bernoulli"
              + " (several labels, each 0 or 1) (default: categorical for classes; for numbers"
              + " heteroscedastic, or gaussian where the network has one output for each)")
  private String likelihood;

  /** The names of the columns to predict; empty where none is named. */
  List<String> names() {
    return names;
  }

  /** What the user says of a table's columns. */
  TableColumns columns() {
    boolean asClasses = classes || reading() == TargetReading.CLASSES;
    return new TableColumns(String.join(",", names), ignored, asClasses);
  }

  /** The name of the likelihood that the user states for a training. */
  Optional<String> likelihood() {
    return Optional.ofNullable(likelihood);
  }

  /** How the targets of arrays are read. */
  TargetReading reading() {
    return TargetLikelihood.reading(likelihood());
  }
}
