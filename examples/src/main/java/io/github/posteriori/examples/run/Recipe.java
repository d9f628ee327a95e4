package io.github.posteriori.examples.run;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.data.CifarFolder;
import java.util.Locale;

/** Named settings of a training; what the command line states replaces them one by one. */
public enum Recipe {
  /** This project's own: the best found for each network and set. */
  DEFAULT {
    @Override
    public Settings settings(Net net, Net.Kind kind, ShippedSet set) {
      Priors priors = Priors.defaults().withSigma(Prior.HE);
      boolean deep = net != Net.LENET;
      double lr = deep ? 1e-3 : 3e-3;
      return switch (Images.of(set)) {
        case DRAWN -> new Settings(8, lr, "0.1", Activation.RELU, priors, 0.1, 0, 0, false);
        case CHARACTERS -> new Settings(20, lr, "0.05", Activation.RELU, priors, 0.1, 10, 2, false);
        case PHOTOGRAPHS -> {
          int epochs = deep ? 60 : 100;
          int shift = deep ? 4 : 2;
          yield new Settings(epochs, lr, "0.01", Activation.RELU, priors, 0.1, 0, shift, true);
        }
      };
    }
  },
  /** The configuration of PyTorch-BayesianCNN. */
  SEED {
    @Override
    public Settings settings(Net net, Net.Kind kind, ShippedSet set) {
      boolean flip = Images.of(set) == Images.PHOTOGRAPHS;
      return new Settings(200, 1e-3, "0.1", Activation.SOFTPLUS, Priors.seed(), 0.2, 10, 0, flip);
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
   * @param validSize share of the training images held out for validation
   * @param rotation training images turn by up to so many degrees either way
   * @param shift they move by up to so many pixels along each axis
   * @param flip whether half of the training images are mirrored left to right
   */
  public record Settings(
      int epochs,
      double learningRate,
      String beta,
      Activation activation,
      Priors priors,
      double validSize,
      double rotation,
      int shift,
      boolean flip) {}

  /** What a set's images show, and so how they may be varied. */
  private enum Images {
    /** Digits and letters that the program draws as varied as they should be. */
    DRAWN,
    /** Characters and clothes, of which a mirror image is another thing. */
    CHARACTERS,
    /** Photographs, which may as well face the other way. */
    PHOTOGRAPHS;

    static Images of(ShippedSet set) {
      if (set.whole() instanceof ShippedSet.Published published) {
        return published.set() instanceof CifarFolder ? PHOTOGRAPHS : CHARACTERS;
      }
      return DRAWN;
    }
  }

  /** What this recipe settles for a network and a data set. */
  public abstract Settings settings(Net net, Net.Kind kind, ShippedSet set);

  /** The recipe of that name. */
  public static Recipe named(String name) {
    return Names.find("recipe", name, values());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
