package io.github.posteriori.cli;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.cli.run.ChosenSet;
import io.github.posteriori.cli.run.Learning;
import io.github.posteriori.cli.run.OptimiserChoice;
import io.github.posteriori.cli.run.Recipe;
import io.github.posteriori.cli.run.RunConfig;
import io.github.posteriori.cli.run.ShippedSet;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.Networks;
import io.github.posteriori.train.Averaging;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that trains. */
final class RunOptions {
  /** Options that make sense where networks are trained already. */
  static final Set<String> OF_FOUND_NETWORKS = Set.of("--classpath", "--trust");

  @Mixin private NetOptions net;
  @Mixin private TrustOptions trust;
  @Mixin private LearningOptions learning;
  @Mixin private PriorOptions priors;
  @Mixin private AugmentationOptions variation;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--recipe",
      paramLabel = "R",
      defaultValue = "default",
      converter = RecipeName.class,
      description =
          "where unstated settings come from: default, or original, the configuration of"
              + " PyTorch-BayesianCNN (default: ${DEFAULT-VALUE})")
  private Recipe recipe;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description =
          "lrt, bbb or point (default: lrt, with --optimiser ivon bbb; a frequentist network has"
              + " none)")
  private Estimator estimator;

  @Option(
      names = "--activation",
      paramLabel = "A",
      description =
          "softplus, relu, tanh, gelu, silu, leaky-relu, sigmoid or identity (default: the"
              + " recipe's)")
  private Activation activation;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "passes over the training examples (default: the recipe's)")
  private Integer epochs;

  @Option(
      names = "--train-ens",
      paramLabel = "N",
      defaultValue = "1",
      description = "posterior samples of a training step (default: ${DEFAULT-VALUE})")
  private int trainEns;

  @Option(
      names = "--valid-ens",
      paramLabel = "N",
      defaultValue = "1",
      description = "posterior samples of a validation (default: ${DEFAULT-VALUE})")
  private int validEns;

  @Option(
      names = "--valid-size",
      paramLabel = "F",
      description =
          "share of the training examples held out for validation (default: the recipe's)")
  private Double validSize;

  @Option(
      names = "--standardise",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "the network learns mean and deviation of each channel or feature from the training part,"
              + " and applies them ever after (default: for your own data, not for the sets"
              + " that --dataset names)")
  private Boolean standardise;

  @Option(
      names = "--balance",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      defaultValue = "false",
      description =
          "the loss weights each example inversely to the number of its class, or of those with"
              + " each label; accuracies and NLLs stay unweighted (default: all alike)")
  private boolean balance;

  @Option(
      names = "--label-smoothing",
      paramLabel = "F",
      defaultValue = "0",
      description =
          "share of each label that the loss spreads over all classes, such as 0.1; accuracies and"
              + " NLLs stay those of the true labels (default: ${DEFAULT-VALUE})")
  private double labelSmoothing;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "stop when the validation loss has not fallen for N epochs; the learning rate keeps"
              + " falling as --epochs says (default: train through)")
  private int patience;

  @Option(
      names = "--average",
      paramLabel = "A",
      defaultValue = "none",
      description =
          "average of the weights that is validated and kept, while training goes on from the"
              + " weights themselves: ema or ema:DECAY, a moving average over the steps,"
              + " swa:EPOCHS, the mean over the steps of the last epochs, or none (default:"
              + " ${DEFAULT-VALUE})")
  private String average;

  @Option(
      names = "--record",
      paramLabel = "FIELD",
      split = ",",
      description =
          "layers whose posteriors are recorded and drawn, such as conv1,fc3 (default: none)")
  private List<String> record = List.of();

  @Option(
      names = "--from",
      paramLabel = "F",
      description =
          "start from the weights of this checkpoint, Bayesian, frequentist or converted; layers of"
              + " other shapes start anew (default: weights drawn at random)")
  private Path from;

  @Option(
      names = "--moped",
      paramLabel = "D",
      description =
          "with --from: posteriors start at a standard deviation of D times the size of each"
              + " weight, such as 0.1 (default: the checkpoint's, or else the recipe's)")
  private Double moped;

  /** Finds the network that the options, or a file of options, ask for. */
  Definition definition() {
    boolean byUser = command.commandLine().getParseResult().hasMatchedOption("--net");
    return net.definition(networks(), byUser);
  }

  /** Finds networks that are trained already. */
  Networks networks() {
    return trust.networks();
  }

  /**
   * Settles the run that the options ask for.
   *
   * @param dataset name of the set, in case it is only a part of the one in {@code data}
   */
  RunConfig config(String dataset, DataOptions data, EngineOptions engine) {
    return config(dataset, data, engine, new MethodOptions(), new ShardOptions(), new TtaOption());
  }

  /** Settles the run as {@link #config(String, DataOptions, EngineOptions)}, by a method. */
  RunConfig config(
      String dataset,
      DataOptions data,
      EngineOptions engine,
      MethodOptions method,
      ShardOptions shards,
      TtaOption tta) {
    Definition definition = definition();
    Recipe.Examples examples = data.examples();
    Recipe.Settings settings = settings(definition, data.set(), examples, method);
    Learning learnt = learning.of(settings, examples);
    requireFit(learnt.optimiser());
    // The class of a user says itself what the network is; a recipe says how to train it.
    boolean asDefined = definition.shipped().isEmpty() && recipe == Recipe.DEFAULT;
    Optional<Activation> recipeActivation =
        definition.kind() == Kind.BAYESIAN && !asDefined
            ? Optional.of(settings.activation())
            : Optional.empty();
    require(
        validSize == null || (validSize > 0 && validSize < 1),
        "valid-size",
        validSize,
        "a number above 0 and below 1");
    require(trainEns > 0, "train-ens", trainEns, "at least 1");
    require(validEns > 0, "valid-ens", validEns, "at least 1");
    return new RunConfig(
        definition.name(),
        definition.kind().toString(),
        definition.source().map(source -> definition.reference()),
        net.dims(),
        dataset,
        data.onlyClasses(),
        Optional.of(data.columns()).filter(columns -> !columns.target().isEmpty()),
        data.likelihood(),
        data.folder(),
        recipe,
        estimator(definition.kind(), asDefined, method, learnt.optimiser()),
        Optional.ofNullable(activation).or(() -> recipeActivation),
        asDefined && !priors.isStated()
            ? Optional.empty()
            : Optional.of(priors.of(settings.priors())),
        stated(epochs, settings.epochs()),
        data.batch(settings.batch()),
        learnt,
        trainEns,
        validEns,
        stated(validSize, settings.validSize()),
        variation.of(settings.augmentation()),
        stated(standardise, !(data.set() instanceof ShippedSet)),
        balance,
        Optional.of(labelSmoothing).filter(share -> share != 0),
        patience,
        Optional.of(Averaging.parse(average))
            .filter(stated -> !stated.equals(Averaging.none()))
            .map(Averaging::toString),
        tta.views(),
        record,
        Optional.ofNullable(from).map(file -> file.toAbsolutePath().normalize().toString()),
        Optional.ofNullable(moped),
        method.method(),
        method.members(),
        shards.shards(),
        shards.exchange(),
        data.seed(),
        data.limit(),
        engine.name(),
        engine.threads());
  }

  /** Returns the recipe's settings for a posterior, unless it is to learn by another optimiser. */
  private Recipe.Settings settings(
      Definition definition, ChosenSet set, Recipe.Examples examples, MethodOptions method) {
    boolean points =
        definition.kind() == Kind.FREQUENTIST
            || estimator == Estimator.POINT
            || (estimator == null && method.method().isPresent());
    return points || learning.isWithoutIvon() || priors.isMixture()
        ? recipe.settings(definition, set, examples)
        : recipe.posteriorSettings(definition, set, examples);
  }

  static <T> T stated(T option, T recipe) {
    return option == null ? recipe : option;
  }

  /** Refuses a value under the option's name; the library would use its own. */
  static void require(boolean holds, String option, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(option + " is " + value + ", expected " + expected);
    }
  }

  /** Returns the estimator that an optimiser is meant for: IVON draws weights. */
  private static Estimator usual(OptimiserChoice optimiser) {
    return optimiser == OptimiserChoice.IVON ? Estimator.BBB : Estimator.LRT;
  }

  private void requireFit(OptimiserChoice chosen) {
    if (chosen != OptimiserChoice.IVON) {
      return;
    }
    priors.requireNoStart();
    require(
        moped == null,
        "moped",
        moped,
        "none with --optimiser ivon, whose curvature says where sigma starts: leave --moped out");
  }

  private Optional<Estimator> estimator(
      Kind kind, boolean asDefined, MethodOptions method, OptimiserChoice chosen) {
    if (kind == Kind.BAYESIAN && estimator == null && method.method().isPresent()) {
      // Of other methods than vi, the weights are numbers unless somebody says otherwise.
      return Optional.of(Estimator.POINT);
    }
    if (kind == Kind.BAYESIAN) {
      return Optional.ofNullable(estimator)
          .or(() -> asDefined ? Optional.empty() : Optional.of(usual(chosen)));
    }
    if (estimator != null && estimator != Estimator.POINT) {
      throw new IllegalArgumentException(
          "estimator is "
              + estimator
              + ", but a frequentist network has no posterior to sample: leave it out");
    }
    return Optional.of(Estimator.POINT);
  }
}
