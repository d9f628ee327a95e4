package io.github.posteriori.annotations;

/** The way a Bayesian layer computes one posterior sample of its output. */
public enum Estimator {
  /**
   * The local reparametrisation trick: each output is drawn from the Gaussian that the weights
   * imply.
   *
   * <p>Source: Kingma, Salimans and Welling 2015, arXiv 1506.02557.
   */
  LRT,

  /**
   * Bayes by Backprop: the weights are drawn once for the whole batch.
   *
   * <p>Source: Blundell et al. 2015, arXiv 1505.05424.
   */
  BBB,

  /** A point estimate: the posterior means are the weights, and there is no KL divergence. */
  POINT
}
