package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The prior of a layer's weights, and the start of their posterior N(mu, softplus(rho)^2): the
 * Gaussian N(mu, sigma^2), or with {@link #share} and {@link #sigma2} the scale mixture {@code
 * share N(mu, sigma^2) + (1 - share) N(mu, sigma2^2)} (Blundell et al. 2015, arXiv 1505.05424,
 * equation 7).
 *
 * <p>It annotates a {@link BayesModel} class, for all its Bayesian layers, or the field of one
 * layer. Equivalently, it stands inside {@link BayesModel#prior}, {@link BayesConv#prior} or {@link
 * BayesLinear#prior}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Prior {
  /**
   * The scale of He et al. 2015 (arXiv 1502.01852), sqrt(2 / fan-in), at which activations keep
   * their size from layer to layer.
   *
   * <p>As {@link #muStd}, it makes biases start at 0. As {@link #sigma}, it gives the biases a
   * deviation of 1, the size of the activations. Its number stands for nothing and is one that
   * nobody writes by mistake; files say {@code "he"}.
   */
  double HE = -Double.MIN_VALUE;

  /** Mean of the prior. */
  double mu() default 0;

  /** Standard deviation of the prior, of a mixture its first, above 0, or {@link #HE}. */
  double sigma() default 0.1;

  /** Share of N(mu, sigma^2) in a mixture, above 0 and below 1; 1 for no mixture. */
  double share() default 1;

  /** Standard deviation of a mixture's second Gaussian, above 0; 0 for no mixture. */
  double sigma2() default 0;

  /** Mean of the normal draw that starts the posterior means. */
  double muMean() default 0;

  /** Standard deviation of the normal draw that starts the posterior means, or {@link #HE}. */
  double muStd() default HE;

  /** Mean of the normal draw that starts rho, where sigma = softplus(rho). */
  double rhoMean() default -5;

  /** Standard deviation of the normal draw that starts rho. */
  double rhoStd() default 0.1;
}
