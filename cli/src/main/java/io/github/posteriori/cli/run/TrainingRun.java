package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.TestTimeAugmentation;
import io.github.posteriori.Trainer;
import io.github.posteriori.WarmStart;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.ClassCounts;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Split;
import io.github.posteriori.data.View;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.Exchange;
import io.github.posteriori.train.PosteriorRecorder;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a network on a set, keeps the best weights in a folder and measures them on the test part.
 */
public final class TrainingRun {
  /** Posterior samples of the final measurement. */
  public static final int TEST_SAMPLES = 10;

  private final RunConfig config;
  private final Definition definition;
  private final Split split;
  private final Dataset test;
  private final BayesModule module;
  private final Likelihood likelihood;
  private final PosteriorRecorder recorder;
  private final Optional<TrainingState> state;
  private final Optional<WarmStart.Report> start;

  private TrainingRun(
      RunConfig config,
      Definition definition,
      RunData data,
      BayesModule module,
      Optional<TrainingState> state,
      Optional<WarmStart.Report> start) {
    this.config = config;
    this.definition = definition;
    List<String> classNames = data.train().classNames();
    Dataset train = InputSize.fit(data.train(), module);
    this.likelihood = TargetLikelihood.of(config.likelihood(), train, module.outputShape().size());
    DataFit.require(module, train, likelihood);
    this.split =
        data.valid()
            .map(valid -> InputSize.fit(valid, module).matching(classNames))
            .map(valid -> new Split(train, valid))
            .orElseGet(() -> train.split(config.validSize(), config.seed()));
    this.test = InputSize.fit(data.test(), module).matching(classNames);
    data.source().ifPresent(source -> source.keepWith(module));
    this.module = module;
    this.recorder = PosteriorRecorder.of(module.network(), config.record());
    this.state = state;
    this.start = start;
    config.training().augmentation().requireFit(train.name(), split.train().shape());
    config.method().ifPresent(method -> method.requireFits(module));
    views(config, module);
    requireFit();
  }

  /** Refuses what only training would: by then the folder of the run is there. */
  private void requireFit() {
    int outputs = module.outputShape().size();
    List.of(split.train(), split.valid(), test)
        .forEach(part -> likelihood.requireFit(part, outputs));
    if (config.balance() && likelihood.kind() == TargetKind.VALUES) {
      throw new IllegalArgumentException(
          "balance is true, but the "
              + likelihood.name()
              + " likelihood has no classes whose loss could be balanced: leave --balance out");
    }
    likelihood.smoothed(config.training().labelSmoothing()); // refuses what has no classes
    if (config.training().augmentation().mixes() && !likelihood.takesMixed()) {
      throw new IllegalArgumentException(
          "augment is "
              + config.variation().augment()
              + ", but mixed numbers would hide the noise that the "
              + likelihood.name()
              + " likelihood learns: leave mixup out");
    }
  }

  /**
   * Prepares a run: everything that can be refused is refused here, before a file is touched.
   *
   * @param definition of the network
   * @param data to learn from and to measure on
   * @throws IllegalArgumentException when the settings do not fit each other or the images
   */
  public static TrainingRun begin(RunConfig config, Definition definition, RunData data) {
    Likelihood likelihood = TargetLikelihood.of(config.likelihood(), data.train());
    if (likelihood.kind() != TargetKind.CLASSES) {
      likelihood.requireFit(data.train(), likelihood.outputs(data.train()));
    }
    BayesModule module =
        definition.create(
            DataFit.freeSizes(definition, data.train(), likelihood, config.dims()),
            config.moduleOptions());
    Optional<WarmStart.Report> start = config.warmStart().map(weights -> weights.apply(module));
    return new TrainingRun(config, definition, data, module, Optional.empty(), start);
  }

  /**
   * Prepares to go on with a run that was stopped, from the last epoch that was kept.
   *
   * @param folder of the run
   * @param definition of the network
   * @param data those that it was begun with
   * @throws IllegalArgumentException when the settings do not fit each other or the images
   * @throws io.github.posteriori.checkpoint.CheckpointException when a file of the run cannot be
   *     read
   */
  public static TrainingRun resume(
      RunFolder folder, RunConfig config, Definition definition, RunData data) {
    folder.requireSource(definition);
    BayesModule module = definition.load(folder.last(), config.moduleOptions());
    TrainingState state = folder.state(module);
    TrainingRun run =
        new TrainingRun(config, definition, data, module, Optional.of(state), Optional.empty());
    folder.restore(run.recorder, state.epochs());
    return run;
  }

  /** Counts the epochs that are done already. */
  public int epochs() {
    return state.map(TrainingState::epochs).orElse(0);
  }

  /** Says which layers have started from another network's weights; empty if none was asked to. */
  public Optional<WarmStart.Report> start() {
    return start;
  }

  /** Returns the estimator of the network's posteriors. */
  public Estimator estimator() {
    return Definition.estimatorOf(module);
  }

  /** Returns everything that decides the run. */
  public RunConfig config() {
    return config;
  }

  /** Returns the likelihood of the targets. */
  public Likelihood likelihood() {
    return likelihood;
  }

  /** Counts the images of each class that it learns from; empty where it learns no classes. */
  public Optional<ClassCounts> counts() {
    return likelihood.kind() == TargetKind.CLASSES
        ? Optional.of(ClassCounts.of(split.train()))
        : Optional.empty();
  }

  /**
   * Counts, for each of several labels, the examples without it and those with it, by its name;
   * empty where it learns no labels.
   */
  public Map<String, ClassCounts> labelCounts() {
    Map<String, ClassCounts> counts = new LinkedHashMap<>();
    if (likelihood.kind() == TargetKind.LABELS) {
      List<ClassCounts> ofLabels = ClassCounts.ofLabels(split.train());
      for (int label = 0; label < ofLabels.size(); label++) {
        counts.put(split.train().targetNames().get(label), ofLabels.get(label));
      }
    }
    return counts;
  }

  /** Names the classes, by label. */
  public List<String> classNames() {
    return split.train().classNames();
  }

  /** The set that it learns from. */
  public Dataset set() {
    return split.train();
  }

  /** Counts the examples it learns from, those held out among them. */
  public int examples() {
    return split.train().size() + split.valid().size();
  }

  /**
   * Result of a run.
   *
   * @param epochs what each epoch measured, at least one
   * @param module with the best weights
   * @param test how good these are on the test part
   */
  public record Result(List<EpochReport> epochs, BayesModule module, Measurement test) {
    /** The last epoch. */
    public EpochReport last() {
      return epochs.get(epochs.size() - 1);
    }
  }

  /**
   * Trains, keeps the run in {@code folder}, and measures: on the held-out images the risks that
   * the best weights run, which are kept with them, and on the test images how good they are.
   *
   * @param watcher looks on
   * @param exchanges say who computes the gradients of shards
   */
  public Result run(RunFolder folder, TrainingListener watcher, Exchanges exchanges) {
    Trainer trainer = Trainer.of(module, config.training().withLikelihood(likelihood));
    config
        .shards()
        .ifPresent(
            shards ->
                exchanges.divide(
                    trainer,
                    module,
                    shards,
                    config.exchange().map(Exchange::parse).orElse(Exchange.gradients()),
                    () -> definition.load(folder.last(), config.moduleOptions())));
    state.ifPresent(trainer::resume);
    List<EpochReport> reports =
        trainer
            .listen(recorder)
            .listen(keeper(folder, trainer))
            .listen(watcher)
            .fit(split.train(), split.valid());
    BayesModule best = definition.load(folder.best(), config.moduleOptions());
    config.method().ifPresent(method -> method.apply(best, split.train()));
    return new Result(reports, best, measure(best, folder, config, split.valid(), test));
  }

  /** Measures and keeps what {@link #run} says, of any network with its best weights. */
  static Measurement measure(
      BayesModule best, RunFolder folder, RunConfig config, Dataset valid, Dataset test) {
    int samples = best.predictor().isRandom(best) ? TEST_SAMPLES : 1;
    Evaluator evaluator = new Evaluator(best, samples, config.batch());
    Measurement.of(evaluator, valid).keepWith(best);
    best.save(folder.best());
    views(config, best)
        .ifPresent(views -> best.predictor(TestTimeAugmentation.of(best.predictor(), views)));
    return Measurement.of(evaluator, test);
  }

  /** Finds the views over which the measurement of the test images averages. */
  private static Optional<List<View>> views(RunConfig config, BayesModule module) {
    Optional<Augmentation> trained = Optional.of(config.training().augmentation());
    return config.tta().map(text -> TestViews.of(text, trained, module));
  }

  private boolean isLast(EpochReport report) {
    return report.epoch() == config.epochs() || report.stopsEarly();
  }

  /**
   * Keeps the best weights, and the rest as often as {@link KeepingPace} says; where the training
   * stands comes last, for it says that the rest is there.
   */
  private TrainingListener keeper(RunFolder folder, Trainer trainer) {
    KeepingPace pace = new KeepingPace(System::nanoTime);
    return new TrainingListener() {
      @Override
      public void epochStarted(int epoch, int steps) {
        if (epoch == 1) {
          folder.keep(module, trainer.state());
        }
      }

      @Override
      public void epochDone(EpochReport report) {
        if (report.valid().orElseThrow().best()) {
          module.save(folder.best());
        }
        if (pace.isDue() || isLast(report)) {
          pace.keep(() -> keep(trainer.state()));
        }
      }

      private void keep(TrainingState now) {
        folder.write(now.reports());
        folder.draw(now.reports());
        folder.write(recorder);
        folder.keep(module, now);
      }
    };
  }
}
