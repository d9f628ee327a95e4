package io.github.posteriori.train;

import java.util.List;

/** A schedule of the learning rate over a training, as a factor of the base learning rate. */
public sealed interface LearningRate {

  /**
   * Returns the factor at a time of the training.
   *
   * @param progress the share of all steps already taken, from 0 to below 1
   */
  double at(double progress);

  /** Returns a schedule that falls linearly to 0. */
  static LearningRate linear() {
    return new Linear();
  }

  /** Returns a constant schedule. */
  static LearningRate constant() {
    return new Constant();
  }

  /** Returns a schedule that falls to 0 along half a cosine. */
  static LearningRate cosine() {
    return new Cosine();
  }

  /**
   * Returns a schedule that rises linearly from 0 over the first {@code share} of the steps and
   * then follows this schedule.
   *
   * @param share above 0 and below 1
   */
  default LearningRate warmUp(double share) {
    return new WarmUp(share, this);
  }

  /**
   * Returns the schedule of that name.
   *
   * @param text {@code linear}, {@code constant} or {@code cosine}
   * @throws IllegalArgumentException when {@code text} is none of these
   */
  static LearningRate parse(String text) {
    return switch (text) {
      case "linear" -> linear();
      case "constant" -> constant();
      case "cosine" -> cosine();
      default ->
          throw new IllegalArgumentException(
              "the learning rate's schedule is '"
                  + text
                  + "', expected one of "
                  + List.of("linear", "constant", "cosine"));
    };
  }

  /** The factor {@code 1 - progress}. */
  record Linear() implements LearningRate {
    @Override
    public double at(double progress) {
      return 1 - progress;
    }

    @Override
    public String toString() {
      return "linear";
    }
  }

  /** The factor {@code 1}. */
  record Constant() implements LearningRate {
    @Override
    public double at(double progress) {
      return 1;
    }

    @Override
    public String toString() {
      return "constant";
    }
  }

  /**
   * The factor {@code (1 + cos(pi progress)) / 2}.
   *
   * <p>Source: Loshchilov and Hutter 2017, arXiv 1608.03983, without restarts.
   */
  record Cosine() implements LearningRate {
    @Override
    public double at(double progress) {
      return (1 + Math.cos(Math.PI * progress)) / 2;
    }

    @Override
    public String toString() {
      return "cosine";
    }
  }

  /**
   * The factor {@code progress / share} at first, then {@code after}.
   *
   * <p>Source: Goyal et al. 2017, arXiv 1706.02677, section 2.2.
   *
   * @param share the share of the steps, above 0 and below 1
   * @param after the schedule over the rest of the steps
   */
  record WarmUp(double share, LearningRate after) implements LearningRate {
    public WarmUp {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            "the share of warm-up is " + share + ", expected above 0 and below 1, such as 0.05");
      }
    }

    @Override
    public double at(double progress) {
      return progress < share ? progress / share : after.at((progress - share) / (1 - share));
    }

    @Override
    public String toString() {
      return after + " after a warm-up of " + share;
    }
  }
}
