package io.github.posteriori.train;

import io.github.posteriori.names.Spelling;
import java.util.List;

/**
 * The weight of the KL divergence in the loss {@code N * mean NLL + beta * KL}, over the course of
 * a training.
 */
public sealed interface Beta {

  /**
   * Returns the weight for one batch.
   *
   * @param epoch the epoch, from 0
   * @param batch the batch within its epoch, from 0
   * @param batches number of batches of an epoch
   * @param epochs number of epochs of the training
   */
  double at(int epoch, int batch, int batches, int epochs);

  /** The final or average weight of the schedule, by which validations are compared. */
  default double target() {
    return 1;
  }

  /**
   * Returns whether {@link #target} is 1, so that the loss is the negative ELBO; otherwise the
   * posterior is tempered.
   */
  default boolean isElbo() {
    return target() == 1;
  }

  /**
   * Returns the schedule of that name.
   *
   * @param text a number of at least 0, {@code standard}, {@code blundell} or {@code soenderby}
   * @throws IllegalArgumentException when {@code text} is none of these
   */
  static Beta parse(String text) {
    return switch (text) {
      case "standard" -> new Constant(1);
      case "blundell" -> new Blundell();
      case "soenderby" -> new Soenderby();
      default -> constant(text);
    };
  }

  private static Beta constant(String text) {
    try {
      return new Constant(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "beta is '"
              + text
              + "', expected a number, standard, blundell or soenderby"
              + Spelling.hint(text, List.of("standard", "blundell", "soenderby")),
          e);
    }
  }

  /**
   * A constant weight; other than 1 it makes a tempered posterior.
   *
   * @param value at least 0
   */
  record Constant(double value) implements Beta {
    public Constant {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "beta is " + value + ", expected a number of at least 0");
      }
    }

    @Override
    public double at(int epoch, int batch, int batches, int epochs) {
      return value;
    }

    @Override
    public double target() {
      return value;
    }

    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /**
   * The weight {@code M 2^-i / (1 - 2^-M)} for batch i = 1…M, which averages 1 over an epoch.
   *
   * <p>Source: Blundell et al. 2015, arXiv 1505.05424, section 3.4, times M, because there the KL
   * is divided among batches.
   */
  record Blundell() implements Beta {
    @Override
    public double at(int epoch, int batch, int batches, int epochs) {
      return batches
          * Math.scalb(1.0, -Math.min(batch + 1, 1000))
          / -Math.expm1(-batches * Math.log(2));
    }

    @Override
    public String toString() {
      return "blundell";
    }
  }

  /**
   * The weight {@code min(1, 4 epoch / epochs)} by fractional epoch: a warm-up over the first
   * quarter.
   *
   * <p>Source: Sønderby et al. 2016, "Ladder variational autoencoders", arXiv 1602.02282.
   */
  record Soenderby() implements Beta {
    @Override
    public double at(int epoch, int batch, int batches, int epochs) {
      return Math.min(1, 4 * (epoch + (double) batch / batches) / epochs);
    }

    @Override
    public String toString() {
      return "soenderby";
    }
  }
}
