package io.github.posteriori.train;

import java.util.List;

/** How the learning rate changes over a training, as a factor of the one that is asked for. */
public sealed interface LearningRate {

  /**
   * The factor at a time of the training.
   *
   * @param progress the share of all steps that were taken, from 0 to below 1
   */
  double at(double progress);

  /** Falls linearly to 0. */
  static LearningRate linear() {
    return new Linear();
  }

  /** Stays as it is. */
  static LearningRate constant() {
    return new Constant();
  }

  /** Falls to 0 along half a cosine. */
  static LearningRate cosine() {
    return new Cosine();
  }

  /**
   * Rises linearly from 0 over the first {@code share} of the steps, and follows this schedule from
   * there to the end.
   *
   * @param share above 0 and below 1
   */
  default LearningRate warmUp(double share) {
    return new WarmUp(share, this);
  }

  /**
   * The schedule of that name.
   *
   * @param text {@code linear}, {@code constant} or {@code cosine}
   * @throws IllegalArgumentException when it is none of these
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

  /** {@code 1 - progress}. */
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

  /** {@code 1}. */
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
   * {@code (1 + cos(pi progress)) / 2}.
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
   * {@code progress / share} at first, then {@code after}.
   *
   * <p>Source: Goyal et al. 2017, arXiv 1706.02677, section 2.2.
   *
   * @param share of the steps, above 0 and below 1
   * @param after over the rest of the steps
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
