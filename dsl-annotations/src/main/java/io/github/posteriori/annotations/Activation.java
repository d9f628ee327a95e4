package io.github.posteriori.annotations;

/** An activation function, applied to each element. */
public enum Activation {
  /** Softplus, log(1 + exp(x)). */
  SOFTPLUS,
  /** The rectified linear unit, max(x, 0). */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /**
   * The function chosen for the whole network, by {@code ModuleOptions} or else by {@link
   * BayesModel#activation}.
   */
  MODEL
}
