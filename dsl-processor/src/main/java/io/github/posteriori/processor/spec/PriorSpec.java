package io.github.posteriori.processor.spec;

/** A {@code @Prior} that the user wrote. */
public record PriorSpec(
    Stated<Double> mu,
    Stated<Double> sigma,
    Stated<Double> share,
    Stated<Double> sigma2,
    Stated<Double> muMean,
    Stated<Double> muStd,
    Stated<Double> rhoMean,
    Stated<Double> rhoStd) {

  /** Whether the prior is a mixture of two Gaussians, or was meant to be one. */
  public boolean isMixture() {
    return share.value() != 1 || sigma2.value() != 0;
  }
}
