package io.github.posteriori.annotations;

/** An activation function, applied to each element. */
public enum Activation {
  /** Softplus, log(1 + exp(x)). */
  SOFTPLUS,
  /** The rectified linear unit, max(x, 0). */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** The Gaussian error linear unit, x Phi(x), with the distribution function of N(0, 1). */
  GELU,
  /** The sigmoid linear unit, x / (1 + exp(-x)), also known as swish. */
  SILU,
  /** The leaky rectified linear unit, max(x, 0.01 x). */
  LEAKY_RELU,
  /** The logistic function, 1 / (1 + exp(-x)). */
  SIGMOID,
  /** The input itself. */
  IDENTITY,
  /**
   * The function chosen for the whole network, by {@code ModuleOptions} or else by {@link
   * BayesModel#activation}.
   */
  MODEL
}
