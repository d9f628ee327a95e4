package io.github.posteriori.cli.figures;

import io.github.posteriori.uncertainty.OutlierScore;

/** Names of the scores that tell images inside from those outside. */
public final class ScoreNames {
  private ScoreNames() {}

  /** The name of a score. */
  public static String of(OutlierScore score) {
    return switch (score) {
      case ENTROPY -> "predictive entropy";
      case MUTUAL_INFORMATION -> "mutual information";
      case EPISTEMIC -> "epistemic uncertainty";
      case MAX_PROBABILITY -> "1 - max probability";
    };
  }

  static String unit(OutlierScore score) {
    return switch (score) {
      case ENTROPY, MUTUAL_INFORMATION -> "nats";
      case EPISTEMIC -> "sum over classes";
      case MAX_PROBABILITY -> "1 - max p";
    };
  }
}
