package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Predictor;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Split;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.train.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains the members of a deep ensemble, one after the other, each as an ordinary run in a folder
 * of its own within the ensemble's, from a seed of its own and with the same images held out. At
 * the end the ensemble itself is measured and kept.
 */
public final class EnsembleRun {
  private final RunConfig config;
  private final Definition definition;
  private final RunData data;
  private final TrainingRun first;

  private EnsembleRun(RunConfig config, Definition definition, RunData data) {
    this.config = config;
    this.definition = definition;
    this.data = data;
    this.first = TrainingRun.begin(config.ofMember(0), definition, data);
  }

  /**
   * Prepares a run: everything that can be refused is refused here, before a file is touched.
   *
   * @param definition of the network
   * @param data to learn from and to measure on
   * @throws IllegalArgumentException when the settings do not fit each other or the images
   */
  public static EnsembleRun of(RunConfig config, Definition definition, RunData data) {
    Split split =
        data.valid()
            .map(valid -> new Split(data.train(), valid))
            .orElseGet(() -> data.train().split(config.validSize(), config.seed()));
    return new EnsembleRun(
        config,
        definition,
        new RunData(split.train(), Optional.of(split.valid()), data.test(), data.source()));
  }

  /** Counts the members. */
  public int members() {
    return config.members().orElseThrow();
  }

  /** Trains one member. */
  @FunctionalInterface
  public interface MemberTraining {
    /**
     * Runs a member's training to its end.
     *
     * @param index of the member, from 0
     */
    TrainingRun.Result train(int index, TrainingRun run, RunFolder folder);
  }

  /**
   * Trains all members, or those that an earlier program has not finished, keeps them and the
   * ensemble in {@code folder}, and measures it.
   *
   * @param training trains a member
   */
  public TrainingRun.Result run(RunFolder folder, MemberTraining training) {
    List<BayesModule> members = new ArrayList<>();
    List<EpochReport> epochs = new ArrayList<>();
    for (int i = 0; i < members(); i++) {
      TrainingRun.Result result = member(i, folder, training);
      members.add(result.module());
      EpochReport before = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
      result.epochs().forEach(epoch -> epochs.add(after(before, epoch)));
      folder.write(epochs);
      folder.draw(epochs);
    }
    BayesModule ensemble = members.remove(0);
    ensemble.predictor(Predictor.ensemble(members));
    Dataset valid = InputSize.fit(data.valid().orElseThrow(), ensemble);
    Dataset test = InputSize.fit(data.test(), ensemble);
    Measurement measured =
        TrainingRun.measure(
            ensemble,
            folder,
            config,
            valid.matching(ensemble.classNames()),
            test.matching(ensemble.classNames()));
    return new TrainingRun.Result(epochs, ensemble, measured);
  }

  private TrainingRun.Result member(int index, RunFolder folder, MemberTraining training) {
    RunFolder own = folder.member(index);
    RunConfig of = config.ofMember(index);
    if (own.isBegun()) {
      RunFolder resumed = RunFolder.resume(own.path(), of);
      TrainingRun run = TrainingRun.resume(resumed, of, definition, data);
      return training.train(index, run, resumed);
    }
    TrainingRun run = index == 0 ? first : TrainingRun.begin(of, definition, data);
    return training.train(index, run, RunFolder.start(own.path(), of, definition.source(), true));
  }

  /** Counts a member's epochs and seconds behind those of the members before. */
  private static EpochReport after(EpochReport before, EpochReport epoch) {
    return before == null
        ? epoch
        : new EpochReport(
            before.epoch() + epoch.epoch(),
            epoch.loss(),
            epoch.nll(),
            epoch.kl(),
            epoch.score(),
            epoch.valid(),
            epoch.learningRate(),
            epoch.beta(),
            before.seconds() + epoch.seconds(),
            epoch.stopsEarly());
  }
}
