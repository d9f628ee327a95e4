package io.github.posteriori.cli.run;

import io.github.posteriori.train.Distribution;
import io.github.posteriori.train.PosteriorSummary;
import java.util.List;
import java.util.Locale;

/** Recorded posteriors as tables of comma-separated values. */
final class PosteriorTables {
  private static final int[] PERCENTILES = {5, 25, 50, 75, 95};

  private PosteriorTables() {}

  /**
   * Writes a row for each epoch and tensor: its means, standard deviations and signal-to-noise
   * ratios.
   */
  static String summaries(List<PosteriorSummary> summaries) {
    StringBuilder rows =
        new StringBuilder("epoch,layer,tensor,weights,prior_mu,prior_sigma,kl")
            .append(header("mu"))
            .append(header("sigma"))
            .append(header("snr"))
            .append('\n');
    for (PosteriorSummary s : summaries) {
      rows.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,%d,%s,%s,%.4f",
              s.epoch(),
              s.layer(),
              s.tensor(),
              s.weights(),
              s.prior().mu(),
              s.prior().sigma(),
              s.kl()));
      rows.append(values(s.mu())).append(values(s.sigma())).append(values(s.signalToNoise()));
      rows.append('\n');
    }
    return rows.toString();
  }

  /** Writes a row for each epoch and single weight. */
  static String singles(List<PosteriorSummary> summaries) {
    StringBuilder rows = new StringBuilder("epoch,layer,tensor,index,mu,sigma\n");
    for (PosteriorSummary s : summaries) {
      for (PosteriorSummary.Single single : s.singles()) {
        rows.append(
            String.format(
                Locale.ROOT,
                "%d,%s,%s,%d,%.6g,%.6g\n",
                s.epoch(),
                s.layer(),
                s.tensor(),
                single.index(),
                single.mu(),
                single.sigma()));
      }
    }
    return rows.toString();
  }

  private static String header(String what) {
    StringBuilder columns = new StringBuilder("," + what + "_mean," + what + "_std");
    for (int percentile : PERCENTILES) {
      columns.append(String.format(Locale.ROOT, ",%s_p%02d", what, percentile));
    }
    return columns.toString();
  }

  private static String values(Distribution distribution) {
    StringBuilder columns =
        new StringBuilder(
            String.format(Locale.ROOT, ",%.6g,%.6g", distribution.mean(), distribution.std()));
    for (int percentile : PERCENTILES) {
      columns.append(String.format(Locale.ROOT, ",%.6g", distribution.percentile(percentile)));
    }
    return columns.toString();
  }
}
