package io.github.posteriori.cli.figures;

import io.github.posteriori.uncertainty.Normalisation;

/** Names of the normalisations in tables and JSON, which are those of PyTorch-BayesianCNN. */
public final class NormalisationNames {
  private NormalisationNames() {}

  /** The name of a normalisation. */
  public static String of(Normalisation normalisation) {
    return switch (normalisation) {
      case SOFTMAX -> "softmax";
      case SOFTPLUS -> "normalized";
    };
  }
}
