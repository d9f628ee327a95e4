package io.github.posteriori.examples.run;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.data.CifarFolder;
import java.util.Locale;

/** Named settings of a training; what the command line states replaces them one by one. */
public enum Recipe {
  /** This project's own. */
  DEFAULT {
    @Override
    public Settings settings(ShippedSet set) {
      int epochs = set.whole() instanceof ShippedSet.Drawn ? 8 : 20;
      return new Settings(
          epochs, 3e-3, "0.1", Activation.RELU, Priors.defaults(), 0, isOfPhotographs(set));
    }
  },
  /** The configuration of PyTorch-BayesianCNN. */
  SEED {
    @Override
    public Settings settings(ShippedSet set) {
      return new Settings(
          200, 1e-3, "0.1", Activation.SOFTPLUS, Priors.seed(), 10, isOfPhotographs(set));
    }
  };

  /**
   * What a recipe settles.
   *
   * @param epochs passes over the training split
   * @param learningRate of the first step
   * @param beta weight of the KL divergence, or a schedule's name
   * @param activation of {@code MODEL} layers
   * @param priors of all Bayesian layers
   * @param rotation training images turn by up to so many degrees either way
   * @param flip whether half of the training images are mirrored left to right
   */
  public record Settings(
      int epochs,
      double learningRate,
      String beta,
      Activation activation,
      Priors priors,
      double rotation,
      boolean flip) {}

  /** What a photograph shows may as well face the other way; a digit may not. */
  private static boolean isOfPhotographs(ShippedSet set) {
    return set.whole() instanceof ShippedSet.Published published
        && published.set() instanceof CifarFolder;
  }

  /** What this recipe settles for a data set. */
  public abstract Settings settings(ShippedSet set);

  /** The recipe of that name. */
  public static Recipe named(String name) {
    return Names.find("recipe", name, values());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
