package io.github.posteriori.cli.run;

import io.github.posteriori.likelihood.Score;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the score of a likelihood is called and written. */
public enum ShownScore {
  /** The share of predictions that are right, in percent. */
  ACCURACY("accuracy", "Accuracy", "%") {
    @Override
    public double shown(double value) {
      return 100 * value;
    }

    @Override
    public String text(double value) {
      return String.format(Locale.ROOT, "%.2f %%", 100 * value);
    }

    @Override
    String cell(double value) {
      return String.format(Locale.ROOT, "%.6f", value);
    }
  },

  /** The root of the mean squared error, in the units of the targets. */
  RMSE("rmse", "RMSE", "units of the target") {
    @Override
    public double shown(double value) {
      return value;
    }

    @Override
    public String text(double value) {
      return Digits.significant(value, 4);
    }

    @Override
    String cell(double value) {
      return Digits.significant(value, 8);
    }
  };

  private final String key;
  private final String title;
  private final String unit;

  ShownScore(String key, String title, String unit) {
    this.key = key;
    this.title = title;
    this.unit = unit;
  }

  /** Returns how a score is shown. */
  public static ShownScore of(Score score) {
    return Stream.of(values()).filter(s -> s.key.equals(score.name())).findFirst().orElseThrow();
  }

  /** Finds the score that a table of epochs has; empty if it has none. */
  static Optional<ShownScore> among(List<String> columns) {
    return Stream.of(values()).filter(s -> columns.contains("train_" + s.key)).findFirst();
  }

  /** The name in keys and columns, which say before it of which part it is. */
  public String key() {
    return key;
  }

  /** The name above a chart. */
  public String title() {
    return title;
  }

  /** The name in a line. */
  public String word() {
    return this == ACCURACY ? key : title;
  }

  /** What a chart's axis measures. */
  public String unit() {
    return unit;
  }

  /** Returns the number that a chart shows. */
  public abstract double shown(double value);

  /** Returns the value for a person. */
  public abstract String text(double value);

  /** Returns the value for a table. */
  abstract String cell(double value);
}
