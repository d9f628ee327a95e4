package io.github.posteriori.train;

import io.github.posteriori.names.Spelling;
import java.util.List;

/**
 * How the weights are averaged over the steps of a training. The average is what is validated and
 * kept; the steps go on from the weights themselves.
 *
 * <p>With w_n the weights after the n-th step that counts, the average is {@code a_n = a_(n-1) +
 * weight(n) (w_n - a_(n-1))}, of every tensor, the moving statistics of a batch normalisation among
 * them.
 *
 * <p>A posterior N(mu, sigma^2) is averaged in mu and rho, the numbers that the optimiser steps in.
 * As sigma = softplus(rho) is near exp(rho) for a small one, the average sigma is the geometric
 * mean: the mean scale in the Fisher metric, 2 (d log sigma)^2. How far mu moves meanwhile is
 * movement of the optimiser, not uncertainty of the weight, and adds nothing to sigma, as it would
 * if the Gaussian were fitted to the moments of all posteriors.
 *
 * <p>Source: Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging".
 */
public sealed interface Averaging {

  /** Returns whether the steps of an epoch, from 0, count in a training of {@code epochs}. */
  boolean covers(int epoch, int epochs);

  /** Returns the weight of the n-th step that counts, from 1; that of the first is 1. */
  double weight(long n);

  /** Returns no average: the weights after the last step are kept. */
  static Averaging none() {
    return new None();
  }

  /**
   * Returns an exponential moving average (EMA).
   *
   * @param decay the share of the average that a step keeps, above 0 and below 1
   */
  static Averaging exponential(double decay) {
    return new Exponential(decay);
  }

  /**
   * Returns the mean over the last epochs, stochastic weight averaging (SWA).
   *
   * @param epochs at least 1; all of a training that has no more
   */
  static Averaging lastEpochs(int epochs) {
    return new LastEpochs(epochs);
  }

  /**
   * Returns the averaging of that name.
   *
   * @param text {@code none}, {@code ema}, {@code ema:DECAY} or {@code swa:EPOCHS}
   * @throws IllegalArgumentException when {@code text} is none of these
   */
  static Averaging parse(String text) {
    String[] parts = text.split(":", 2);
    try {
      if (text.equals("none")) {
        return none();
      }
      if (text.equals("ema")) {
        return exponential(0.999);
      }
      if (parts.length == 2 && parts[0].equals("ema")) {
        return exponential(Double.parseDouble(parts[1]));
      }
      if (parts.length == 2 && parts[0].equals("swa")) {
        return lastEpochs(Integer.parseInt(parts[1]));
      }
    } catch (NumberFormatException e) {
      throw unknown(text, e);
    }
    throw unknown(text, null);
  }

  private static IllegalArgumentException unknown(String text, NumberFormatException cause) {
    return new IllegalArgumentException(
        "average is '"
            + text
            + "', expected none, ema, ema:DECAY or swa:EPOCHS, such as ema:0.99 or swa:3"
            + Spelling.hint(text, List.of("none", "ema", "swa")),
        cause);
  }

  /** No step counts. */
  record None() implements Averaging {
    @Override
    public boolean covers(int epoch, int epochs) {
      return false;
    }

    @Override
    public double weight(long n) {
      return 1;
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * The weight {@code 1 - min(decay, (n - 1) / (n + 8))}: early steps count less than the decay
   * says, so that the random start is soon forgotten.
   *
   * <p>Source: Tarvainen and Valpola 2017, "Mean teachers are better role models", arXiv
   * 1703.01780; the start is that of TensorFlow's {@code ExponentialMovingAverage}.
   *
   * @param decay the share of the average that a step keeps, above 0 and below 1
   */
  record Exponential(double decay) implements Averaging {
    public Exponential {
      if (!(decay > 0 && decay < 1)) {
        throw new IllegalArgumentException(
            "the decay of the average is "
                + decay
                + ", expected above 0 and below 1, such as 0.99");
      }
    }

    @Override
    public boolean covers(int epoch, int epochs) {
      return true;
    }

    @Override
    public double weight(long n) {
      return 1 - Math.min(decay, (n - 1) / (n + 8.0));
    }

    @Override
    public String toString() {
      return "ema:" + decay;
    }
  }

  /**
   * The weight {@code 1 / n} over the steps of the last epochs.
   *
   * <p>Source: Izmailov et al. 2018, "Averaging weights leads to wider optima and better
   * generalization", arXiv 1803.05407; of every step, as in Cha et al. 2021, "SWAD", arXiv
   * 2102.08604, where theirs is of every epoch.
   *
   * @param epochs at least 1
   */
  record LastEpochs(int epochs) implements Averaging {
    public LastEpochs {
      if (epochs < 1) {
        throw new IllegalArgumentException(
            "the average is over the last " + epochs + " epochs, expected at least 1");
      }
    }

    @Override
    public boolean covers(int epoch, int all) {
      return epoch >= all - epochs;
    }

    @Override
    public double weight(long n) {
      return 1.0 / n;
    }

    @Override
    public String toString() {
      return "swa:" + epochs;
    }
  }
}
