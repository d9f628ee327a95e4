package io.github.posteriori.cli.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.CifarFolder;
import io.github.posteriori.names.Names;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.util.Locale;
import java.util.Optional;

/** Named settings of a training; what the command line states replaces them one by one. */
public enum Recipe {
  /**
   * This project's own: the best found for LeNet, AlexNet and 3Conv3FC on each set, and for
   * WideNet's posterior on photographs; the others train as AlexNet does, for as many epochs as the
   * time of their steps allows; so does a network that nobody has tried.
   */
  @JsonProperty("default")
  DEFAULT {
    @Override
    public Settings settings(Definition net, ChosenSet set, Examples examples) {
      Settings settings = settings(net, set);
      return examples.rows()
          ? settings.forTable(examples.count())
          : settings.forFew(examples.count(), isLeNet(net) ? "0.03" : "0.001");
    }

    @Override
    public Settings posteriorSettings(Definition net, ChosenSet set, Examples examples) {
      Settings settings = settings(net, set);
      boolean tried = isWideNet(net) && Images.of(set) == Images.PHOTOGRAPHS;
      return tried && !settings.areFew(examples.count())
          ? settings.with(EPOCHS_OF_WIDE_NET, settings.batch(), LEARNING_OF_WIDE_NET)
          : settings(net, set, examples);
    }

    private Settings settings(Definition net, ChosenSet set) {
      boolean deep = !isLeNet(net);
      double rate = deep ? 1e-3 : 3e-3;
      return switch (Images.of(set)) {
        case DRAWN -> settings(8, 256, Learning.adam(rate, "0.1"), Augmentation.none());
        case CHARACTERS ->
            settings(
                20,
                256,
                Learning.adam(rate, deep ? "0.01" : "0.05"),
                Augmentation.rotation(10).withShift(2));
        case OWN -> settings(40, 128, Learning.adam(rate, "0.01"), Augmentation.none());
        case PHOTOGRAPHS ->
            settings(
                photographsEpochs(net),
                128,
                Learning.adam(rate, "0.01"),
                Augmentation.none().withShift(photographsShift(net)).withHorizontalFlip());
      };
    }

    private Settings settings(int epochs, int batch, Learning learning, Augmentation augmentation) {
      Priors priors = Priors.defaults().withSigma(Prior.HE);
      return new Settings(epochs, batch, learning, Activation.RELU, priors, 0.1, augmentation);
    }
  },
  /** The configuration of PyTorch-BayesianCNN. */
  @JsonProperty("original")
  @JsonAlias(Recipe.FORMER_ORIGINAL)
  ORIGINAL {
    @Override
    public Settings settings(Definition net, ChosenSet set, Examples examples) {
      Augmentation turned =
          Images.of(set) == Images.OWN ? Augmentation.none() : Augmentation.rotation(10);
      return new Settings(
          200,
          256,
          Learning.adam(1e-3, "0.1"),
          Activation.SOFTPLUS,
          Priors.ofPyTorchBayesianCnn(),
          0.2,
          Images.of(set) == Images.PHOTOGRAPHS ? turned.withHorizontalFlip() : turned);
    }
  };

  /** The name of {@link #ORIGINAL} in runs of version 0.1. */
  public static final String FORMER_ORIGINAL = "seed";

  private static final int PHOTOGRAPHS_EPOCHS_OF_OTHERS = 40;

  // Found on images held out of the training parts; docs/recipes.md has the tables.
  private static final int LEAST_STEPS = 2000;
  private static final int LARGEST_BATCH_OF_FEW = 64;
  private static final int SMALLEST_BATCH_OF_FEW = 16;
  private static final int LEAST_BATCHES_OF_FEW = 14;
  private static final int LEAST_WEIGHT_UNDER_IVON = 30_000; // N / beta
  private static final int LEAST_STEPS_FOR_TABLES = 5000;
  private static final Learning LEARNING_OF_TABLES = Learning.adam(2e-2, "0.1");
  private static final int EPOCHS_OF_WIDE_NET = 15;
  private static final Learning LEARNING_OF_WIDE_NET =
      new Learning(OptimiserChoice.IVON, Optional.empty(), Optional.of(0.999), 0.1, "0.005");

  /**
   * Settings of a recipe.
   *
   * @param epochs passes over the training split
   * @param batch images of a step
   * @param learning how the weights learn
   * @param activation of {@code MODEL} layers
   * @param priors of all Bayesian layers
   * @param validSize share of the training images held out for validation
   * @param augmentation how training images are varied
   */
  public record Settings(
      int epochs,
      int batch,
      Learning learning,
      Activation activation,
      Priors priors,
      double validSize,
      Augmentation augmentation) {

    private Settings with(int passes, int size, Learning other) {
      return new Settings(passes, size, other, activation, priors, validSize, augmentation);
    }

    /**
     * Returns these settings for a table. Tables are often small, so that a count of epochs alone
     * would end before the fit; and as long as the mean of a number is wrong, its error counts as
     * noise, which slows its mending.
     *
     * @param rows to learn from
     */
    Settings forTable(int rows) {
      int enough = epochs(LEAST_STEPS_FOR_TABLES, rows, batch);
      return with(Math.max(epochs, enough), batch, LEARNING_OF_TABLES);
    }

    /**
     * Returns these settings for so many examples that are no rows. Where they are few, a count of
     * epochs would end after a handful of steps. Then training takes {@link #LEAST_STEPS} smaller
     * ones, and the KL divergence weighs more, as there is less to learn, or less, where so many
     * weights would pay more for leaving their prior than few examples are worth.
     *
     * @param examples to learn from
     * @param beta where they are few
     */
    Settings forFew(int examples, String beta) {
      if (!areFew(examples)) {
        return this;
      }
      int few = Integer.highestOneBit((int) learnt(examples) / LEAST_BATCHES_OF_FEW);
      int size = Math.max(SMALLEST_BATCH_OF_FEW, Math.min(few, LARGEST_BATCH_OF_FEW));
      return with(epochs(LEAST_STEPS, examples, size), size, learning.withBeta(beta));
    }

    /** Tells whether these epochs of so many examples are too few steps. */
    private boolean areFew(int examples) {
      return epochs * learnt(examples) < LEAST_STEPS * LARGEST_BATCH_OF_FEW;
    }

    /** Counts the examples that are not held out. */
    private double learnt(int examples) {
      return examples * (1 - validSize);
    }

    /** Counts the epochs that come to at least so many steps. */
    private int epochs(int steps, int examples, int size) {
      int stepsOfEpoch = Math.max(1, (int) Math.ceil(learnt(examples) / size));
      return (steps + stepsOfEpoch - 1) / stepsOfEpoch;
    }

    /**
     * Returns beta for an optimiser, this recipe's or another. IVON meets the prior from its first
     * step, before it has seen much, and few examples weighed lightly never get it away from there.
     *
     * @param examples that the settings are for
     */
    public String beta(OptimiserChoice other, Examples examples) {
      double most = learnt(examples.count()) / LEAST_WEIGHT_UNDER_IVON;
      String own = learning.beta();
      return other == OptimiserChoice.IVON && !examples.rows() && most < Double.parseDouble(own)
          ? String.valueOf(most)
          : own;
    }
  }

  /**
   * What is known of the examples before they are read.
   *
   * @param count how many there are at most
   * @param rows whether they are rows of a table
   */
  public record Examples(int count, boolean rows) {
    /** All of a shipped set, which are many. */
    public static final Examples ALL = new Examples(Integer.MAX_VALUE, false);
  }

  /** Chooses as many as should end within forty minutes on two cores, by the time of a step. */
  private static int photographsEpochs(Definition net) {
    if (net.shipped().isEmpty()) {
      return PHOTOGRAPHS_EPOCHS_OF_OTHERS;
    }
    return switch (net.shipped().get()) {
      case LENET -> 100;
      case ALEXNET -> net.kind() == Kind.FREQUENTIST ? 150 : 60;
      case THREE_CONV_THREE_FC, SEPARABLE, SIGNAL -> 40;
      case RESNET20 -> 20;
      case VGG11 -> 10;
      case MLP -> 60;
      case WIDENET -> 23;
    };
  }

  /**
   * Chooses 2 for LeNet, which has too few weights for more, and AlexNet with dropout, which
   * learned less from more.
   */
  private static int photographsShift(Definition net) {
    return isLeNet(net) || net.kind() == Kind.FREQUENTIST ? 2 : 4;
  }

  private static boolean isWideNet(Definition net) {
    return net.shipped().filter(shipped -> shipped == ShippedNet.WIDENET).isPresent();
  }

  private static boolean isLeNet(Definition net) {
    return net.shipped().filter(shipped -> shipped == ShippedNet.LENET).isPresent();
  }

  /** Kind of a set's images, which says how they may be varied. */
  private enum Images {
    /** Digits and letters that the program draws as varied as they should be. */
    DRAWN,
    /** Characters and clothes, of which a mirror image is another thing. */
    CHARACTERS,
    /** Photographs, which may as well face the other way. */
    PHOTOGRAPHS,
    /** Whatever a user brings, of which nobody knows how it may be varied. */
    OWN;

    static Images of(ChosenSet set) {
      if (set instanceof OwnSet) {
        return OWN;
      }
      if (set.whole() instanceof ShippedSet.Published published) {
        return published.set() instanceof CifarFolder ? PHOTOGRAPHS : CHARACTERS;
      }
      return DRAWN;
    }
  }

  /**
   * Settles a training of a network on a data set, by Adam.
   *
   * @param examples to learn from, those held out among them
   */
  public abstract Settings settings(Definition net, ChosenSet set, Examples examples);

  /**
   * Settles a training of a network's posterior by what learns it best, where that is another
   * optimiser than Adam.
   *
   * @param examples to learn from, those held out among them
   */
  public Settings posteriorSettings(Definition net, ChosenSet set, Examples examples) {
    return settings(net, set, examples);
  }

  /** The recipe of that name. */
  public static Recipe named(String name) {
    return Names.find("recipe", name, values());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
