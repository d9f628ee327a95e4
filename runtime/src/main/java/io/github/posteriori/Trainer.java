package io.github.posteriori;

import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Batches;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.train.DivergedException;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.Likelihood;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingStep;
import io.github.posteriori.uncertainty.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains a module by variational inference: minimises {@code N * mean NLL + beta * KL} with Adam,
 * where N is the size of the training split. With beta 1 that is the negative evidence lower bound
 * (ELBO).
 *
 * <p>Order of images, variation and noise depend on the module's seed alone.
 */
public final class Trainer {
  private final BayesModule module;
  private final TrainingOptions options;
  private final List<TrainingListener> listeners = new ArrayList<>();

  private Trainer(BayesModule module, TrainingOptions options) {
    this.module = module;
    this.options = options;
  }

  /** A trainer of {@code module}'s weights. */
  public static Trainer of(BayesModule module, TrainingOptions options) {
    return new Trainer(module, options);
  }

  /** Adds somebody who watches. */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * {@link #fit(Dataset, Dataset)} without validation.
   *
   * @throws IllegalArgumentException when the options state a patience, which needs validation
   */
  public List<EpochReport> fit(Dataset train) {
    return fit(train, Optional.empty());
  }

  /**
   * Trains on one set and measures each epoch on another; afterwards the module holds the weights
   * of the last step.
   *
   * @return one report for each epoch; the last one says whether training stopped early
   * @throws IllegalArgumentException when a set does not fit the module
   * @throws IllegalStateException when the module is a block of another, or ends in an image, which
   *     has no classes
   * @throws io.github.posteriori.train.DivergedException when the loss is not finite any more
   */
  public List<EpochReport> fit(Dataset train, Dataset valid) {
    return fit(train, Optional.of(valid));
  }

  private List<EpochReport> fit(Dataset train, Optional<Dataset> valid) {
    module.requireWhole("train");
    Evaluator.requireFit(module, train);
    valid.ifPresent(set -> Evaluator.requireFit(module, set));
    if (options.patience() > 0 && valid.isEmpty()) {
      throw new IllegalArgumentException(
          "patience is "
              + options.patience()
              + ", but there is no validation set to lose it over: give one to fit, or set patience"
              + " to 0");
    }
    TrainingStep step =
        new TrainingStep(
            module.engine(),
            module.network(),
            Likelihood.categorical(),
            train.size(),
            module.options().seed(),
            options.trainSamples());
    List<EpochReport> reports = new ArrayList<>();
    long start = System.nanoTime();
    for (int epoch = 0; epoch < options.epochs() && !stopped(reports); epoch++) {
      EpochReport report = new Epoch(epoch, train.size()).run(step, train, valid, reports, start);
      reports.add(report);
      module.provenance(provenance(train, epoch + 1));
      listeners.forEach(listener -> listener.epochDone(report));
    }
    return reports;
  }

  private static boolean stopped(List<EpochReport> reports) {
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
    private int right;
    private double learningRate;
    private double beta;

    Epoch(int epoch, int trainingImages) {
      this.epoch = epoch;
      this.trainingImages = trainingImages;
    }

    EpochReport run(
        TrainingStep step,
        Dataset train,
        Optional<Dataset> valid,
        List<EpochReport> earlier,
        long start) {
      try (Batches batches =
          Batches.shuffled(
              train, options.batch(), options.augmentation(), module.options().seed(), epoch)) {
        int count = batches.batches();
        listeners.forEach(listener -> listener.epochStarted(epoch + 1, count));
        for (int i = 0; batches.hasNext(); i++) {
          take(step, batches.next(), i, count);
        }
      }
      double kl = module.kl();
      if (!Double.isFinite(kl)) {
        throw DivergedException.afterEpoch(epoch + 1, Double.NaN, kl);
      }
      Optional<EpochReport.Validation> validation = valid.map(set -> validate(set, kl, earlier));
      return new EpochReport(
          epoch + 1,
          lossSum / trainingImages,
          nllSum / trainingImages,
          kl,
          (double) right / trainingImages,
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

    private void take(TrainingStep step, Batch batch, int position, int batches) {
      double progress = (epoch + (double) position / batches) / options.epochs();
      learningRate = options.learningRate() * (1 - progress);
      beta = options.beta().at(epoch, position, batches, options.epochs());
      TrainingStep.Report report = step.run(batch, beta, learningRate);
      lossSum += report.loss() * batch.count();
      nllSum += report.nll() * batch.count();
      right += report.right();
      listeners.forEach(listener -> listener.stepDone(report));
    }

    private EpochReport.Validation validate(Dataset valid, double kl, List<EpochReport> earlier) {
      Metrics metrics =
          new Evaluator(module, options.validSamples(), options.batch()).evaluate(valid);
      double loss = trainingImages * metrics.nll() + options.beta().target() * kl;
      if (!Double.isFinite(loss)) {
        throw DivergedException.afterEpoch(epoch + 1, metrics.nll(), kl);
      }
      return new EpochReport.Validation(
          loss, metrics.nll(), metrics.accuracy(), sinceBest(loss, earlier));
    }

    private static int sinceBest(double loss, List<EpochReport> earlier) {
      int since = 0;
      for (int i = earlier.size() - 1; i >= 0; i--) {
        EpochReport.Validation before = earlier.get(i).valid().orElseThrow();
        since++;
        if (before.best()) {
          return loss < before.loss() ? 0 : since;
        }
      }
      return since;
    }
  }
}
