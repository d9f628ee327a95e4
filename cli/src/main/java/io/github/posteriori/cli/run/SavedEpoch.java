package io.github.posteriori.cli.run;

import java.util.List;
import java.util.Optional;

/**
 * A row of a run's {@code metrics.csv}.
 *
 * @param epoch its number, from 1
 * @param trainNll mean negative log-likelihood of the training images, in nats
 * @param kl KL divergence of the posterior from the prior, in nats; 0 without a posterior
 * @param score what is scored
 * @param trainScore score of the training images, such as the share that was right, from 0 to 1
 * @param validNll like {@code trainNll}, of the images held out
 * @param validScore like {@code trainScore}, of the images held out
 */
public record SavedEpoch(
    int epoch,
    double trainNll,
    double kl,
    ShownScore score,
    double trainScore,
    double validNll,
    double validScore) {

  /** Parses the row under these columns; empty where one is missing or is no number. */
  static Optional<SavedEpoch> parse(List<String> columns, String row) {
    String[] cells = row.split(",", -1);
    Optional<ShownScore> score = ShownScore.among(columns);
    if (cells.length != columns.size() || score.isEmpty()) {
      return Optional.empty();
    }
    try {
      SavedEpoch epoch =
          new SavedEpoch(
              (int) number(columns, cells, "epoch"),
              number(columns, cells, "train_nll"),
              number(columns, cells, "kl"),
              score.get(),
              number(columns, cells, "train_" + score.get().key()),
              number(columns, cells, "valid_nll"),
              number(columns, cells, "valid_" + score.get().key()));
      return Optional.of(epoch);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static double number(List<String> columns, String[] cells, String name) {
    int column = columns.indexOf(name);
    double value = column < 0 ? Double.NaN : Double.parseDouble(cells[column]);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(name);
    }
    return value;
  }
}
