package io.github.posteriori.engine;

import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.WeightPrior;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** The rule by which a step changes the parameters: a value that any engine can run. */
public sealed interface Optimiser extends Serializable {

  /** The name on the command line. */
  String name();

  /**
   * The names of the state values kept for each trained value between two steps, or by {@link Ivon}
   * for each posterior.
   */
  List<String> slots();

  /**
   * Returns whether the update itself accounts for the KL divergence, so that it takes the
   * gradients of the objective alone.
   */
  default boolean accountsForDivergence() {
    return false;
  }

  /**
   * Returns this rule as one training needs it; the trainer calls it.
   *
   * @param trainingImages number of training images, at least 1
   * @param beta weight of the KL divergence, above 0
   */
  default Optimiser forTraining(int trainingImages, double beta) {
    return this;
  }

  /**
   * Refuses posteriors that this rule cannot train.
   *
   * @throws IllegalArgumentException when there is such a one
   */
  default void requireFit(List<Posterior> posteriors) {}

  /** Returns Adam with the constants of its authors. */
  static Optimiser adam() {
    return new Adam(0.9, 0.999, 1e-8);
  }

  /**
   * Returns stochastic gradient descent with momentum.
   *
   * @param momentum the share of the velocity that a step keeps, at least 0 and below 1
   */
  static Optimiser sgd(double momentum) {
    return new Sgd(momentum);
  }

  /**
   * Returns IVON with constants found for trainings of some thousand steps. Its learning rate is a
   * share of a Newton step, such as 0.2, and the clip radius the longest such step of a weight, so
   * that none moves by more than 0.004 at once. Longer trainings afford a slower curvature: its
   * authors keep 0.99999 of it in each step.
   */
  static Ivon ivon() {
    return new Ivon(0.05, 0.9, 0.99, 0.02, false, 0, 1);
  }

  /**
   * Adam: {@code m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate sqrt(1 - b2^t) / (1 -
   * b1^t) m / (sqrt(v) + e)}.
   *
   * <p>Source: Kingma and Ba 2015, arXiv 1412.6980, in the order of computation at the end of its
   * section 2.
   *
   * @param meanDecay b1, share of the running mean that a step keeps, at least 0 and below 1
   * @param squareDecay b2, share of the running mean square that a step keeps, at least 0 and below
   *     1
   * @param epsilon e, added to the root of the mean square, above 0
   */
  record Adam(double meanDecay, double squareDecay, double epsilon) implements Optimiser {
    /** The slot of the running mean of the gradient. */
    public static final String MEAN = "mean";

    /** The slot of the running mean of the gradient's square. */
    public static final String SQUARE = "square";

    public Adam {
      requireShare("meanDecay", meanDecay);
      requireShare("squareDecay", squareDecay);
      if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "epsilon is " + epsilon + ", expected a number above 0, such as 1e-8");
      }
    }

    /**
     * Returns the learning rate of step {@code t}, from 1, with the bias correction of the moments.
     */
    public double correctedRate(double learningRate, long t) {
      double correction = Math.sqrt(1 - Math.pow(squareDecay, t)) / (1 - Math.pow(meanDecay, t));
      return learningRate * correction;
    }

    @Override
    public String name() {
      return "adam";
    }

    @Override
    public List<String> slots() {
      return List.of(MEAN, SQUARE);
    }
  }

  /**
   * Stochastic gradient descent with momentum: {@code v = momentum v + g, w -= rate v}.
   *
   * <p>Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods"; in
   * the form of PyTorch's {@code SGD}.
   *
   * @param momentum the share of the velocity that a step keeps, at least 0 and below 1
   */
  record Sgd(double momentum) implements Optimiser {
    /** The slot of the velocity. */
    public static final String VELOCITY = "velocity";

    public Sgd {
      requireShare("momentum", momentum);
    }

    @Override
    public String name() {
      return "sgd";
    }

    @Override
    public List<String> slots() {
      return List.of(VELOCITY);
    }
  }

  /**
   * IVON, the improved variational online Newton method, which learns a posterior N(mu, sigma^2) by
   * natural gradients:
   *
   * <pre>
   *   s     = N / beta                     effective sample size
   *   d     = 1 / (s sigma_p^2)            weight decay
   *   g     = dL/dmu / N                   gradient of the mean NLL by a drawn weight
   *   f     = dL/dsigma / (N sigma)        which for W = mu + sigma eps is g eps / sigma
   *   m     = b1 m + (1 - b1) g
   *   h     = b2 h + (1 - b2) f + (1 - b2)^2 (h - f)^2 / (2 (h + d))
   *   mu   -= rate (h0 + d) clip((m / (1 - b1^t) + d (mu - mu_p)) / (h + d))
   *   sigma = 1 / sqrt(s (h + d))
   * </pre>
   *
   * <p>L is the objective without the KL divergence, N times the mean NLL. The mean f of a draw is
   * the curvature of the mean NLL, and the last term of h keeps h + d positive. The fixed point
   * minimises {@code N mean NLL + beta KL(q || p)} with each layer's own prior p = N(mu_p,
   * sigma_p^2), so that stating a weight decay d is stating the prior {@code sigma_p = 1 / sqrt(s
   * d)}.
   *
   * <p>Values without a posterior, such as those of a batch normalisation, get the step of h = h0
   * and d = 0, which is gradient descent with momentum.
   *
   * <p>Source: Shen et al. 2024, "Variational Learning is Effective for Large Deep Networks", arXiv
   * 2402.17641, Algorithm 1.
   *
   * @param hessian h0, where h starts, in nats of one image, above 0
   * @param meanDecay b1, share of the momentum that a step keeps, at least 0 and below 1
   * @param hessianDecay b2, share of h that a step keeps, at least 0 and below 1
   * @param clipRadius largest size of what clip lets through, above 0; infinite for all
   * @param rescaled whether the learning rate is multiplied by h0 + d, so that the first step is
   *     one of gradient descent
   * @param trainingImages N, the number of training images; 0 until {@link #forTraining} states it
   * @param beta weight of the KL divergence, above 0
   */
  record Ivon(
      double hessian,
      double meanDecay,
      double hessianDecay,
      double clipRadius,
      boolean rescaled,
      int trainingImages,
      double beta)
      implements Optimiser {
    /** The slot of the running mean of the gradient, m. */
    public static final String MOMENTUM = "momentum";

    /** The slot of the running mean of the curvature, h. */
    public static final String HESSIAN = "hessian";

    public Ivon {
      requirePositive("hessian", hessian, "0.1");
      requireShare("meanDecay", meanDecay);
      requireShare("hessianDecay", hessianDecay);
      if (!(clipRadius > 0)) {
        throw new IllegalArgumentException(
            "clipRadius is " + clipRadius + ", expected a number above 0, or infinity not to clip");
      }
      if (trainingImages < 0) {
        throw new IllegalArgumentException(
            "trainingImages is " + trainingImages + ", expected at least 1, or 0 if yet unknown");
      }
      requirePositive("beta", beta, "1");
    }

    /** Returns this rule with another start of the curvature. */
    public Ivon withHessian(double hessian) {
      return new Ivon(hessian, meanDecay, hessianDecay, clipRadius, rescaled, trainingImages, beta);
    }

    /** Returns this rule with other shares that a step keeps. */
    public Ivon withDecays(double meanDecay, double hessianDecay) {
      return new Ivon(hessian, meanDecay, hessianDecay, clipRadius, rescaled, trainingImages, beta);
    }

    /** Returns this rule with another clip radius. */
    public Ivon withClipRadius(double clipRadius) {
      return new Ivon(hessian, meanDecay, hessianDecay, clipRadius, rescaled, trainingImages, beta);
    }

    /** Returns this rule with or without a rescaled learning rate. */
    public Ivon withRescaling(boolean rescaled) {
      return new Ivon(hessian, meanDecay, hessianDecay, clipRadius, rescaled, trainingImages, beta);
    }

    @Override
    public void requireFit(List<Posterior> posteriors) {
      effectiveSize();
      posteriors.forEach(posterior -> weightDecay(posterior.prior()));
    }

    @Override
    public Ivon forTraining(int trainingImages, double beta) {
      return new Ivon(hessian, meanDecay, hessianDecay, clipRadius, rescaled, trainingImages, beta);
    }

    /**
     * Returns the effective sample size s.
     *
     * @throws IllegalStateException when the number of training images is not known
     */
    public double effectiveSize() {
      if (trainingImages == 0) {
        throw new IllegalStateException(
            "IVON knows no number of training images, by which its deviations scale: train with"
                + " Trainer, or state it with Ivon.forTraining(images, beta)");
      }
      return trainingImages / beta;
    }

    /**
     * Returns the weight decay d of weights with this prior.
     *
     * @throws IllegalArgumentException when it is no Gaussian
     */
    public double weightDecay(WeightPrior prior) {
      if (!(prior instanceof GaussianPrior)) {
        throw new IllegalArgumentException(
            "the prior is "
                + prior
                + ", expected one Gaussian with IVON, whose weight decay implies one: state such a"
                + " prior, or train with another optimiser");
      }
      return 1 / (effectiveSize() * prior.sigma() * prior.sigma());
    }

    /** Returns the standard deviation of a weight of curvature {@code h} and weight decay d. */
    public double sigma(double h, double weightDecay) {
      return 1 / Math.sqrt(effectiveSize() * (h + weightDecay));
    }

    /** Sets the deviations of these weights to those of the curvature h0. */
    public void start(List<Posterior> posteriors) {
      for (Posterior posterior : posteriors) {
        double sigma = sigma(hessian, weightDecay(posterior.prior()));
        float[] rho = new float[posterior.rho().size()];
        Arrays.fill(rho, (float) Posterior.rho(sigma));
        posterior.rho().write(rho);
      }
    }

    /** Returns the factor of the preconditioned gradient of weights with this weight decay. */
    public double rate(double learningRate, double weightDecay) {
      return rescaled ? learningRate * (hessian + weightDecay) : learningRate;
    }

    /** Returns {@code 1 / (1 - b1^t)} for step {@code t}, from 1. */
    public double correction(long t) {
      return 1 / (1 - Math.pow(meanDecay, t));
    }

    @Override
    public String name() {
      return "ivon";
    }

    @Override
    public List<String> slots() {
      return List.of(MOMENTUM, HESSIAN);
    }

    @Override
    public boolean accountsForDivergence() {
      return true;
    }

    private static void requirePositive(String what, double value, String example) {
      if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            what + " is " + value + ", expected a number above 0, such as " + example);
      }
    }
  }

  private static void requireShare(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          what + " is " + value + ", expected at least 0 and below 1");
    }
  }
}
