package io.github.posteriori.cli.figures;

import java.util.Arrays;

/**
 * One image's uncertainty under one normalisation, class by class.
 *
 * @param epistemic variance that more data would remove, {@code [classes]}
 * @param aleatoric variance that lies in the data, {@code [classes]}
 */
public record Decomposition(double[] epistemic, double[] aleatoric) {
  /** Sums over classes. */
  public double totalEpistemic() {
    return Arrays.stream(epistemic).sum();
  }

  /** Sums over classes. */
  public double totalAleatoric() {
    return Arrays.stream(aleatoric).sum();
  }
}
