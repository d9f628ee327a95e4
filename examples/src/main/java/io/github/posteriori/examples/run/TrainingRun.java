package io.github.posteriori.examples.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.Trainer;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Split;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.PosteriorRecorder;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.uncertainty.Metrics;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a shipped network on a shipped set, keeps the best weights in a folder and measures them
 * on the test part.
 */
public final class TrainingRun {
  /** Posterior samples of the final measurement. */
  public static final int TEST_SAMPLES = 10;

  private final RunConfig config;
  private final Split split;
  private final Dataset test;
  private final BayesModule module;
  private final PosteriorRecorder recorder;

  /**
   * Prepares a run: everything that can be refused is refused here, before a file is touched.
   *
   * @param train images to learn from; the validation split is taken from them
   * @param test images to measure on at the end
   * @throws IllegalArgumentException when the settings do not fit each other or the images
   */
  public TrainingRun(RunConfig config, Dataset train, Dataset test) {
    this.config = config;
    this.split = train.split(config.validSize(), config.seed());
    this.test = test;
    this.module =
        Net.named(config.net())
            .create(
                Net.Kind.named(config.kind()),
                train.shape().channels(),
                train.classes(),
                config.moduleOptions());
    this.recorder = PosteriorRecorder.of(module, config.record());
    config.training();
  }

  /** Everything that decides the run. */
  public RunConfig config() {
    return config;
  }

  /** How many images it learns from, those held out among them. */
  public int images() {
    return split.train().size() + split.valid().size();
  }

  /**
   * What a run came to.
   *
   * @param last the last epoch
   * @param module with the best weights
   * @param test what these say of the test part
   */
  public record Result(EpochReport last, BayesModule module, Metrics test) {}

  /** Trains, keeps the run in {@code folder}, and measures; {@code watcher} looks on. */
  public Result run(RunFolder folder, TrainingListener watcher) {
    List<EpochReport> epochs = new ArrayList<>();
    TrainingListener keeper =
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            epochs.add(report);
            if (report.valid().orElseThrow().best()) {
              module.save(folder.best());
            }
            folder.write(epochs);
            folder.write(recorder);
          }
        };
    Trainer.of(module, config.training())
        .listen(recorder)
        .listen(keeper)
        .listen(watcher)
        .fit(split.train(), split.valid());
    BayesModule best = Net.load(folder.best(), config.moduleOptions());
    int samples = best.network().sampledPosteriors().isEmpty() ? 1 : TEST_SAMPLES;
    Metrics metrics = new Evaluator(best, samples, config.batch()).evaluate(test);
    return new Result(epochs.get(epochs.size() - 1), best, metrics);
  }
}
