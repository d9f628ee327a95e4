package io.github.posteriori.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.WarmStart;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.TableColumns;
import io.github.posteriori.networks.ShippedNet;
import io.github.posteriori.train.Averaging;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.Exchange;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that decides a training run, as {@code config.json} keeps it.
 *
 * @param net name of the network
 * @param kind bayesian or frequentist
 * @param source of a network that is not shipped: the file in the run's folder, and the class in it
 * @param dims sizes that the network leaves free and the data do not say
 * @param dataset name of the data set, or its path
 * @param onlyClasses names of the classes that are kept, or empty for all
 * @param columns what the user says of a table
 * @param likelihood of the targets, or empty for what the data say
 * @param data folder of the published sets
 * @param recipe where unstated settings came from
 * @param estimator of Bayesian layers, or empty for what the definition says
 * @param activation of {@code MODEL} layers, or empty for what the definition says
 * @param priors of Bayesian layers, or empty for what the definition says
 * @param epochs passes over the training split
 * @param batch images of a step
 * @param learning how the weights learn
 * @param trainEns posterior samples of a training step
 * @param validEns posterior samples of a validation
 * @param validSize share of the training images held out
 * @param variation how training images vary
 * @param standardise whether the network learns a standardisation
 * @param balance whether the loss weights classes inversely to their frequency
 * @param labelSmoothing share of each label that the loss spreads over all classes, or empty for
 *     none
 * @param patience epochs without a lower validation loss after which training stops, or 0 for never
 * @param average how the weights are averaged that are validated and kept, or empty for not at all
 * @param tta views over which the final measurement averages, or empty for the pictures alone
 * @param record layers whose posteriors are recorded
 * @param from checkpoint whose weights it starts from, or empty for weights drawn at random
 * @param moped share of each of these weights that its standard deviation starts at, or empty for
 *     what the checkpoint or the recipe says
 * @param method by which it gets its uncertainty, or empty for the posterior that it trains
 * @param members of an ensemble, or empty for another method
 * @param shards parts that every batch is divided into, or empty for whole batches
 * @param exchange what they exchange, as {@link Exchange#parse} reads it, or empty for gradients
 * @param seed of weights, split, order and noise
 * @param limit most images read of each part of the set, or 0 for all
 * @param engine that executes
 * @param threads it may use, or 0 for as many as there are cores
 */
public record RunConfig(
    String net,
    String kind,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> source,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> dims,
    String dataset,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> onlyClasses,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<TableColumns> columns,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> likelihood,
    String data,
    Recipe recipe,
    Optional<Estimator> estimator,
    Optional<Activation> activation,
    Optional<Priors> priors,
    int epochs,
    int batch,
    @JsonUnwrapped Learning learning,
    int trainEns,
    int validEns,
    double validSize,
    @JsonUnwrapped Variation variation,
    Boolean standardise,
    Boolean balance,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> labelSmoothing,
    int patience,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> average,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> tta,
    List<String> record,
    Optional<String> from,
    Optional<Double> moped,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<MethodChoice> method,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Integer> members,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Integer> shards,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> exchange,
    long seed,
    int limit,
    String engine,
    int threads) {

  public RunConfig {
    estimator = estimator == null ? Optional.empty() : estimator;
    priors = priors == null ? Optional.empty() : priors;
    source = source == null ? Optional.empty() : source;
    dims = dims == null ? Map.of() : new LinkedHashMap<>(dims);
    // Runs of version 0.1 do not say these.
    onlyClasses = onlyClasses == null ? List.of() : List.copyOf(onlyClasses);
    columns = columns == null ? Optional.empty() : columns;
    likelihood = likelihood == null ? Optional.empty() : likelihood;
    labelSmoothing = labelSmoothing == null ? Optional.empty() : labelSmoothing;
    average = average == null ? Optional.empty() : average;
    tta = tta == null ? Optional.empty() : tta;
    from = from == null ? Optional.empty() : from;
    moped = moped == null ? Optional.empty() : moped;
    method = method == null ? Optional.empty() : method;
    members = members == null ? Optional.empty() : members;
    shards = shards == null ? Optional.empty() : shards;
    exchange = exchange == null ? Optional.empty() : exchange;
    standardise = standardise != null && standardise;
    balance = balance != null && balance;
    if (moped.isPresent() && from.isEmpty()) {
      throw new IllegalArgumentException(
          "moped is "
              + moped.get()
              + ", a share of the weights that a run starts from, but it starts from none: add"
              + " --from CHECKPOINT, or leave --moped out");
    }
    variation.augmentation(); // refuses what is out of range
    learning.requireFit(estimator, priors);
  }

  /** Returns a key that a damaged file lacks; nothing else can say what its value was. */
  Optional<String> missing() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("net", net);
    values.put("kind", kind);
    values.put("dataset", dataset);
    values.put("data", data);
    values.put("recipe", recipe);
    if (source.isEmpty() && ShippedNet.find(net).isPresent()) {
      values.put("estimator", estimator.orElse(null));
      values.put("priors", priors.orElse(null));
    }
    values.put("beta", learning.beta());
    values.put("record", record);
    values.put("engine", engine);
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() == null)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Refuses to go on with a run as another one: only where the data lie and how many threads work
   * on it may differ.
   *
   * @param begun what the run was begun with
   * @param folder of the run, for the message
   * @throws RunFolderException when something else differs
   */
  void requireResumes(RunConfig begun, Path folder) {
    Map<String, String> before = begun.deciding();
    Map<String, String> now = deciding();
    if (before.equals(now) && begun.priors.equals(priors)) {
      return;
    }
    String differing =
        Stream.concat(now.keySet().stream(), before.keySet().stream())
            .filter(option -> !Objects.equals(now.get(option), before.get(option)))
            .findFirst()
            .map(
                option ->
                    option
                        + " is "
                        + now.getOrDefault(option, "nothing")
                        + ", expected "
                        + before.getOrDefault(option, "nothing"))
            .orElse("the recipe says otherwise today");
    throw new RunFolderException(
        "cannot go on with the run in "
            + folder
            + ": "
            + differing
            + ", with which it was begun; leave the option out, or train anew into another --out");
  }

  /** The options that the result depends on. */
  private Map<String, String> deciding() {
    Map<String, String> options = options();
    options.keySet().removeAll(Set.of("data", "threads"));
    return options;
  }

  /**
   * Returns what decides the training of one member of an ensemble, which is an ordinary one with a
   * seed of its own.
   *
   * @param index of the member, from 0
   */
  RunConfig ofMember(int index) {
    return new RunConfig(
        net,
        kind,
        source,
        dims,
        dataset,
        onlyClasses,
        columns,
        likelihood,
        data,
        recipe,
        estimator,
        activation,
        priors,
        epochs,
        batch,
        learning,
        trainEns,
        validEns,
        validSize,
        variation,
        standardise,
        balance,
        labelSmoothing,
        patience,
        average,
        Optional.empty(),
        record,
        from,
        moped,
        Optional.empty(),
        Optional.empty(),
        shards,
        exchange,
        seed + index,
        limit,
        engine,
        threads);
  }

  /** Returns the part that concerns the trainer. */
  public TrainingOptions training() {
    return TrainingOptions.defaults()
        .withAveraging(average.map(Averaging::parse).orElse(Averaging.none()))
        .withEpochs(epochs)
        .withBatch(batch)
        .withOptimiser(learning.rule())
        .withLearningRate(learning.lr())
        .withBeta(Beta.parse(learning.beta()))
        .withSamples(trainEns, validEns)
        .withPatience(patience)
        .withStandardisation(standardise)
        .withBalance(balance)
        .withLabelSmoothing(labelSmoothing.orElse(0.0))
        .withAugmentation(variation.augmentation());
  }

  /** Returns the part that concerns the module. */
  public ModuleOptions moduleOptions() {
    ModuleOptions options = ModuleOptions.defaults().withSeed(seed).withEngine(engine);
    options = estimator.map(options::withEstimator).orElse(options);
    options = priors.map(options::withPriors).orElse(options);
    return activation.map(options::withActivation).orElse(options);
  }

  /** Returns the weights that the run starts from, if they are not drawn at random. */
  Optional<WarmStart> warmStart() {
    return from.map(Path::of)
        .map(WarmStart::of)
        .map(start -> moped.map(start::withDelta).orElse(start));
  }

  private static void put(TableColumns said, Map<String, String> options) {
    options.put("target", said.target());
    if (!said.ignored().isEmpty()) {
      options.put("ignore", String.join(",", said.ignored()));
    }
    if (said.classes()) {
      options.put("classes", "true");
    }
  }

  /** The options of {@code train} that ask for this run, by their long names without dashes. */
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("net", source.orElse(net));
    options.put("kind", kind);
    if (!dims.isEmpty()) {
      options.put(
          "dim", dims.entrySet().stream().map(Object::toString).collect(Collectors.joining(",")));
    }
    options.put("dataset", dataset);
    if (!onlyClasses.isEmpty()) {
      options.put("only-classes", String.join(",", onlyClasses));
    }
    columns.ifPresent(said -> put(said, options));
    likelihood.ifPresent(stated -> options.put("likelihood", stated));
    options.put("data", data);
    options.put("recipe", String.valueOf(recipe));
    estimator.ifPresent(e -> options.put("estimator", e.name().toLowerCase(Locale.ROOT)));
    activation.ifPresent(a -> options.put("activation", a.name().toLowerCase(Locale.ROOT)));
    priors.ifPresent(
        prior -> {
          options.put("prior-mu", String.valueOf(prior.mu()));
          MixtureText.of(prior)
              .ifPresentOrElse(
                  mixture -> options.put("prior", mixture.toString()),
                  () -> options.put("prior-sigma", Priors.text(prior.sigma())));
          if (learning.optimiser() != OptimiserChoice.IVON) {
            options.put("rho", String.valueOf(prior.rhoMean()));
          }
        });
    options.put("epochs", String.valueOf(epochs));
    options.put("batch", String.valueOf(batch));
    learning.putInto(options);
    options.put("train-ens", String.valueOf(trainEns));
    options.put("valid-ens", String.valueOf(validEns));
    options.put("valid-size", String.valueOf(validSize));
    variation.putInto(options);
    options.put("standardise", String.valueOf(standardise));
    options.put("balance", String.valueOf(balance));
    labelSmoothing.ifPresent(share -> options.put("label-smoothing", String.valueOf(share)));
    options.put("patience", String.valueOf(patience));
    average.ifPresent(stated -> options.put("average", stated));
    tta.ifPresent(views -> options.put("tta", views));
    if (!record.isEmpty()) {
      options.put("record", String.join(",", record));
    }
    from.ifPresent(checkpoint -> options.put("from", checkpoint));
    moped.ifPresent(delta -> options.put("moped", String.valueOf(delta)));
    method.ifPresent(chosen -> options.put("method", chosen.toString()));
    members.ifPresent(count -> options.put("members", String.valueOf(count)));
    shards.ifPresent(count -> options.put("shards", String.valueOf(count)));
    exchange.ifPresent(kind -> options.put("exchange", kind));
    options.put("seed", String.valueOf(seed));
    options.put("limit", String.valueOf(limit));
    options.put("engine", engine);
    options.put("threads", String.valueOf(threads));
    return options;
  }
}
