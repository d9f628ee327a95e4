package io.github.posteriori.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The variational posterior q(w) = N(mu, sigma^2) with sigma = softplus(rho), factorised over the
 * weights, with its prior p(w).
 *
 * @param mu means
 * @param rho sigma before softplus, of the shape of {@code mu}
 * @param prior of every weight
 */
public record Posterior(Parameter mu, Parameter rho, WeightPrior prior) implements Weight {
  /**
   * The rho of a pruned weight: a number whose softplus is exactly 0, in single and in double
   * precision and in every program that reads it, so that the weight has no noise.
   */
  public static final float PRUNED_RHO = -1000;

  @Override
  public Parameter location() {
    return mu;
  }

  @Override
  public Optional<Posterior> posterior() {
    return Optional.of(this);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(mu, rho);
  }

  @Override
  public void prune(Mask mask) {
    mu.prune(mask, 0);
    rho.prune(mask, PRUNED_RHO);
  }

  /** Returns the current standard deviations, softplus(rho), row-major; 0 where pruned. */
  public double[] sigmas() {
    return Arrays.stream(rho.numbers()).map(Posterior::sigma).toArray();
  }

  /**
   * Returns the rho at which softplus(rho) = {@code sigma}: log(exp(sigma) - 1), without overflow.
   *
   * @param sigma above 0
   */
  public static double rho(double sigma) {
    return sigma + Math.log(-Math.expm1(-sigma));
  }

  /** Returns softplus(rho), without overflow. */
  public static double sigma(double rho) {
    return Math.max(rho, 0) + Math.log1p(Math.exp(-Math.abs(rho)));
  }
}
