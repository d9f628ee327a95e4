package io.github.posteriori;

import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Batches;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.likelihood.Assessment;
import io.github.posteriori.log.Log;
import io.github.posteriori.train.Averaging;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.DivergedException;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.Exchange;
import io.github.posteriori.train.GradientExchange;
import io.github.posteriori.train.NormalisedBatches;
import io.github.posteriori.train.ReplicatedExchange;
import io.github.posteriori.train.Shard;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import io.github.posteriori.train.TrainingStep;
import io.github.posteriori.train.WeightAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trains a module by variational inference: minimises {@code N * mean NLL + beta * KL}, where N is
 * the size of the training split. With beta 1 that is the negative evidence lower bound (ELBO).
 *
 * <p>Image order, augmentation and noise depend on the module's random seed alone.
 */
public final class Trainer {
  private static final Log LOG = Log.of(Trainer.class);

  private final BayesModule module;
  private final TrainingOptions options;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private final List<EpochReport> reports = new ArrayList<>();
  private GradientExchange exchange = GradientExchange.none();
  private Optional<TrainingState> resumed = Optional.empty();
  private TrainingStep step;
  private WeightAverage average;

  private Trainer(BayesModule module, TrainingOptions options) {
    this.module = Objects.requireNonNull(module, "module is null, expected one to train");
    this.options =
        Objects.requireNonNull(options, "options is null, expected TrainingOptions.defaults()");
  }

  /** Creates a trainer of {@code module}'s weights. */
  public static Trainer of(BayesModule module, TrainingOptions options) {
    return new Trainer(module, options);
  }

  /** Adds a listener. */
  public Trainer listen(TrainingListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener is null, expected one to call"));
    return this;
  }

  /**
   * Resumes an earlier training of this module. Given the weights of that time and the same sets
   * and options, it ends as if it had never stopped, with the same bytes on the same engine.
   *
   * @throws IllegalArgumentException from {@code fit}, when {@code state} does not fit the module
   *     or has more epochs than the options
   */
  public Trainer resume(TrainingState state) {
    this.resumed =
        Optional.of(Objects.requireNonNull(state, "state is null, expected that of a training"));
    return this;
  }

  /**
   * Starts from the weights of a checkpoint, which are written into the module at once; layers that
   * start anew are named in the log. {@link WarmStart#apply} returns their names.
   *
   * @throws IllegalArgumentException when no layer of the module fits the checkpoint
   */
  public Trainer from(WarmStart start) {
    Objects.requireNonNull(start, "start is null, expected WarmStart.of(path)");
    start.apply(module).anew().forEach((layer, why) -> LOG.warn(layer + " starts anew: " + why));
    return this;
  }

  /**
   * Divides every batch into shards: makes this trainer one of several that sum their gradients, or
   * has the gradients of all shards computed.
   */
  public Trainer exchange(GradientExchange exchange) {
    this.exchange =
        Objects.requireNonNull(exchange, "exchange is null, expected GradientExchange.none()");
    return this;
  }

  /**
   * Divides every batch into shards that are computed beside each other, each on a copy of the
   * module. Unlike {@link GradientExchange#shards} it takes batch normalisation, whose statistics
   * are those of the whole batch; where both will do, the weights have the same bytes.
   *
   * @param shards at least 1
   * @param copies makes modules like the one that is trained, as {@code () -> NetModule.create()}
   *     does; their weights do not matter
   * @throws IllegalArgumentException from {@code fit}, when a copy is another network
   */
  public Trainer shards(int shards, Supplier<? extends BayesModule> copies) {
    return shards(shards, copies, Exchange.gradients());
  }

  /**
   * Divides every batch into shards, as {@link #shards(int, Supplier)} does, that exchange
   * something else than their gradients, or not in each step. The weights are others then.
   *
   * @param shards at least 1; one shard has nothing to exchange
   * @param exchange what the shards exchange
   * @throws IllegalArgumentException from {@code fit}, when a copy is another network, or
   *     posteriors are to be merged whose prior is not one Gaussian
   */
  public Trainer shards(int shards, Supplier<? extends BayesModule> copies, Exchange exchange) {
    Objects.requireNonNull(copies, "copies is null, expected NetModule::create");
    return exchange(new ReplicatedExchange(shards, exchange, new ModuleCopies(module, copies)));
  }

  /**
   * Returns the state after the last complete epoch; a listener may ask for it between two epochs.
   *
   * @throws IllegalStateException when {@code fit} has not been called yet
   */
  public TrainingState state() {
    if (step == null) {
      throw new IllegalStateException("training has no state yet: call fit first");
    }
    return new TrainingState(reports, step.state(), average.state());
  }

  /**
   * Trains without validation; see {@link #fit(Dataset, Dataset)}.
   *
   * @throws IllegalArgumentException when the options state a patience, which needs validation
   */
  public List<EpochReport> fit(Dataset train) {
    return fit(train, Optional.empty());
  }

  /**
   * Trains on one set and validates each epoch on another; afterwards the module holds the weights
   * of the last step, or their {@linkplain TrainingOptions#averaging average}, and the names of the
   * classes of {@code train}. Classes are matched by name: those of {@code valid} with those of
   * {@code train}, and those of {@code train} with those that the module was trained on before, if
   * it knows them all.
   *
   * @param train its classes are the module's; pixels from 0 to 1, or standardised
   * @param valid likewise, of other examples than {@code train}
   * @return one report for each epoch; the last one says whether training stopped early
   * @throws IllegalArgumentException before anything is trained, when a set is empty or its images,
   *     classes or labels do not fit the module, or when the two share examples; and when an image
   *     is read that holds NaN, or pixels such as those from 0 to 255
   * @throws IllegalStateException when the module is a block of another, or ends in an image, which
   *     has no classes
   * @throws io.github.posteriori.train.DivergedException when the loss is no longer finite
   */
  public List<EpochReport> fit(Dataset train, Dataset valid) {
    Objects.requireNonNull(valid, "valid is null, expected a set: without one, call fit(train)");
    return fit(train, Optional.of(valid));
  }

  private List<EpochReport> fit(Dataset train, Optional<Dataset> valid) {
    module.requireWhole("train");
    TrainingSets sets = TrainingSets.of(module, options, resumed.isPresent(), train, valid);
    requireFit(sets);
    Optimiser optimiser = optimiser(train.size());
    for (Shard normalised : exchange.normalised()) {
      NormalisedBatches.requireSeveralValues(
          module.network(), train.size(), options.batch(), normalised);
    }
    NormalisedBatches.requireWhole(module.network(), exchange);
    if (options.standardisation() && module.standardisation().isEmpty()) {
      Standardisation by = Standardisation.of(sets.train());
      module.learn(known -> known.with(by));
    }
    step =
        new TrainingStep(
            module.runner(),
            module.network(),
            new TrainingStep.Setup(
                sets.likelihood(),
                optimiser,
                train.size(),
                module.options().seed(),
                options.trainSamples(),
                exchange,
                options.batch()));
    if (options.augmentation().equals(Augmentation.none())) {
      exchange.start(sets.train(), module::standardised);
    }
    average = new WeightAverage(module.network(), options.averaging());
    reports.clear();
    resumed.ifPresent(this::restore);
    resumed = Optional.empty();
    module.predictor(Predictor.posterior());
    module.learn(known -> known.withoutMeasurements().with(sets.likelihood().unweighted()));
    sets.classNames().ifPresent(those -> module.learn(known -> known.with(those)));
    long start = System.nanoTime() - (long) (1e9 * secondsSoFar());
    for (int epoch = reports.size(); epoch < options.epochs() && !stopped(); epoch++) {
      EpochReport report = new Epoch(epoch, train.size()).run(sets, start);
      reports.add(report);
      Provenance provenance = provenance(train, epoch + 1);
      module.learn(known -> known.with(provenance));
      listeners.forEach(listener -> listener.epochDone(report));
    }
    return List.copyOf(reports);
  }

  /** Refuses options that do not fit the sets or each other. */
  private void requireFit(TrainingSets sets) {
    if (options.patience() > 0 && sets.valid().isEmpty()) {
      throw new IllegalArgumentException(
          "patience is "
              + options.patience()
              + ", but there is no validation set to lose it over: give one to fit, or set patience"
              + " to 0");
    }
    if (options.augmentation().mixes() && !sets.likelihood().takesMixed()) {
      throw new IllegalArgumentException(
          ("the augmentation is %s, expected none that mixes numbers, as that would hide the noise"
                  + " of the %s likelihood: leave mixup out")
              .formatted(options.augmentation(), sets.likelihood().name()));
    }
    if (exchange.kind() instanceof Exchange.Merge
        && !(options.averaging() instanceof Averaging.None)) {
      throw new IllegalArgumentException(
          ("the averaging is %s, expected none where the posteriors of parts are merged, as there"
                  + " are no weights of the whole between the steps: state another exchange, or no"
                  + " averaging")
              .formatted(options.averaging()));
    }
    options.augmentation().requireFit(sets.train().name(), sets.train().shape());
  }

  /** Returns the optimiser for a training on so many images. */
  private Optimiser optimiser(int images) {
    if (!options.optimiser().accountsForDivergence()) {
      return options.optimiser();
    }
    if (module.network().sampledPosteriors().isEmpty()) {
      throw new IllegalArgumentException(
          "IVON learns posteriors, but "
              + module.definition()
              + " samples none: give it Bayesian layers and the estimator BBB or LRT, or train with"
              + " another optimiser");
    }
    if (options.beta() instanceof Beta.Constant beta && beta.value() > 0) {
      Optimiser optimiser = options.optimiser().forTraining(images, beta.value());
      optimiser.requireFit(module.network().sampledPosteriors());
      return optimiser;
    }
    throw new IllegalArgumentException(
        "beta is "
            + options.beta()
            + ", but IVON's deviations scale with N / beta: set it to a constant above 0, such as"
            + " 1");
  }

  private void restore(TrainingState state) {
    if (state.epochs() > options.epochs()) {
      throw new IllegalArgumentException(
          "the training to resume has done "
              + state.epochs()
              + " epochs, expected at most "
              + options.epochs()
              + ": ask for as many epochs as it began with");
    }
    step.restore(state.optimiser());
    state.average().ifPresent(average::restore);
    reports.addAll(state.reports());
  }

  private double secondsSoFar() {
    return reports.isEmpty() ? 0 : reports.get(reports.size() - 1).seconds();
  }

  private boolean stopped() {
    return !reports.isEmpty() && reports.get(reports.size() - 1).stopsEarly();
  }

  private Provenance provenance(Dataset train, int epochs) {
    return new Provenance(
        train.name(),
        train.size(),
        module.options().seed(),
        epochs,
        options.beta().toString(),
        module.engine().name(),
        System.getProperty("java.version"));
  }

  /** One pass over the training split. */
  private final class Epoch {
    private final int epoch;
    private final int trainingImages;
    private double lossSum;
    private double nllSum;
    private double scoreSum;
    private double learningRate;
    private double beta;

    Epoch(int epoch, int trainingImages) {
      this.epoch = epoch;
      this.trainingImages = trainingImages;
    }

    EpochReport run(TrainingSets sets, long start) {
      step.startEpoch();
      try (Batches batches = batches(sets.train())) {
        int count = batches.batches();
        listeners.forEach(listener -> listener.epochStarted(epoch + 1, count));
        average.remove();
        List<TrainingStep.Request> next = new ArrayList<>();
        for (int i = 0; batches.hasNext(); i++) {
          next.add(request(module.standardised(batches.next()), i, count));
          if (next.size() == step.stepsAtOnce() || !batches.hasNext()) {
            step.run(next).forEach(this::add);
            next.clear();
          }
        }
      }
      step.endEpoch();
      module.learn(known -> known.with(step.likelihood().unweighted()));
      average.apply();
      double kl = module.kl();
      if (!Double.isFinite(kl)) {
        throw DivergedException.afterEpoch(epoch + 1, Double.NaN, kl, module.network());
      }
      Optional<EpochReport.Validation> validation = sets.valid().map(set -> validate(set, kl));
      return new EpochReport(
          epoch + 1,
          lossSum / trainingImages,
          nllSum / trainingImages,
          kl,
          step.likelihood().score(scoreSum, trainingImages),
          validation,
          learningRate,
          beta,
          (System.nanoTime() - start) * 1e-9,
          validation.filter(this::endsPatience).isPresent());
    }

    private boolean endsPatience(EpochReport.Validation validation) {
      return options.patience() > 0
          && validation.sinceBest() >= options.patience()
          && epoch + 1 < options.epochs();
    }

    private Batches batches(Dataset train) {
      long seed = module.options().seed();
      if (exchange.kind() instanceof Exchange.Merge) {
        return Batches.shuffledWithin(
            position -> Shard.index(position, trainingImages, options.batch(), exchange.shards()),
            train,
            options.batch(),
            options.augmentation(),
            seed,
            epoch);
      }
      return Batches.shuffled(train, options.batch(), options.augmentation(), seed, epoch);
    }

    private TrainingStep.Request request(Batch batch, int position, int batches) {
      double progress = (epoch + (double) position / batches) / options.epochs();
      learningRate = options.learningRate() * options.schedule().at(progress);
      beta = options.beta().at(epoch, position, batches, options.epochs());
      return new TrainingStep.Request(batch, beta, learningRate);
    }

    private void add(TrainingStep.Report report) {
      average.add(epoch, options.epochs());
      lossSum += report.loss() * report.images();
      nllSum += report.nll() * report.images();
      scoreSum += report.score();
      listeners.forEach(listener -> listener.stepDone(report));
    }

    private EpochReport.Validation validate(Dataset valid, double kl) {
      int samples = options.validSamples();
      PosteriorPasses passes = new PosteriorPasses(module, samples);
      Assessment assessment = step.likelihood().assess(module.classes(), samples);
      try (Batches batches = Batches.of(valid, options.batch())) {
        while (batches.hasNext()) {
          Batch batch = batches.next();
          List<float[]> logits = new ArrayList<>();
          passes.forward(batch.images(), batch.count(), batch.first(), logits::add);
          assessment.add(batch.targets(), logits);
        }
      }
      double nll = assessment.nll();
      double loss = trainingImages * assessment.loss() + options.beta().target() * kl;
      if (!Double.isFinite(loss)) {
        throw DivergedException.afterEpoch(epoch + 1, nll, kl, module.network());
      }
      return new EpochReport.Validation(loss, nll, assessment.score(), sinceBest(loss));
    }

    private int sinceBest(double loss) {
      int since = 0;
      for (int i = reports.size() - 1; i >= 0; i--) {
        EpochReport.Validation before = reports.get(i).valid().orElseThrow();
        since++;
        if (before.best()) {
          return loss < before.loss() ? 0 : since;
        }
      }
      return since;
    }
  }
}
