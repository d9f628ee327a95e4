package io.github.posteriori.train;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Network;
import io.github.posteriori.train.TrainingStep.Report;
import io.github.posteriori.train.TrainingStep.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A training whose shards take steps on their own. Between two exchanges all start from the same
 * weights, or, where posteriors are merged, each from its own.
 */
final class LocalTraining {
  /** Where nothing is exchanged, this bounds the images in memory and changes nothing. */
  private static final int STEPS_APART = 16;

  private final TrainingStep.Setup setup;
  private final Network network;

  /** Where shards are whose posteriors are merged; empty before their first steps. */
  private List<ShardState> apart = List.of();

  private LocalTraining(TrainingStep.Setup setup, Network network) {
    this.setup = setup;
    this.network = network;
    if (merges()) {
      MergedPosterior.requireFit(network);
    }
  }

  /** Returns the training of this kind, unless shards exchange gradients or there is only one. */
  static Optional<LocalTraining> of(TrainingStep.Setup setup, Network network) {
    return setup.exchange().shards() > 1 && setup.exchange().kind().isLocal()
        ? Optional.of(new LocalTraining(setup, network))
        : Optional.empty();
  }

  /** Whether the posteriors of shards are merged, and none goes on from those of others. */
  boolean merges() {
    return setup.exchange().kind() instanceof Exchange.Merge;
  }

  /** The number of steps between two exchanges. */
  int stepsAtOnce() {
    return setup.exchange().kind() instanceof Exchange.Local local ? local.steps() : STEPS_APART;
  }

  /**
   * What some steps measure and lead to.
   *
   * @param reports of each step
   * @param end from which all shards go on; empty where each goes on from its own
   */
  record Round(List<Report> reports, Optional<ShardState> end) {}

  /**
   * Has each shard take steps on its part of batches.
   *
   * @param steps the batches and their rates
   * @param whole the gradients that each step would need of the whole batch
   * @param first number of the first step
   * @param start from which shards take them that are not apart
   */
  Round run(List<Request> steps, List<GradientStep> whole, long first, ShardState start) {
    List<ShardSteps> shards = new ArrayList<>();
    for (Shard shard : shards()) {
      List<ShardSteps.Step> own =
          IntStream.range(0, steps.size())
              .mapToObj(i -> own(shard, whole.get(i), steps.get(i).learningRate()))
              .toList();
      shards.add(
          new ShardSteps(
              apart.isEmpty() ? start : apart.get(shard.index()),
              own,
              setup.optimiser().forTraining(images(shard), steps.get(0).beta())));
    }
    List<ShardSteps.Result> results = setup.exchange().take(shards);
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      reports.add(report(first + i, steps.get(i), whole.get(i), results, i));
    }
    List<ShardState> ends = results.stream().map(ShardSteps.Result::end).toList();
    if (merges()) {
      apart = ends;
      return new Round(reports, Optional.empty());
    }
    long after = first + steps.size();
    return new Round(reports, Optional.of(ShardState.mean(ends, shares(shards), after)));
  }

  /** Returns the state with the merged posteriors, once shards are apart. */
  Optional<ShardState> merged() {
    if (apart.isEmpty()) {
      return Optional.empty();
    }
    double[] shares =
        shards().stream()
            .mapToDouble(shard -> (double) images(shard) / setup.trainingImages())
            .toArray();
    ShardState mean = ShardState.mean(apart, shares, apart.get(0).optimiser().steps());
    return Optional.of(mean.with(MergedPosterior.of(apart, mean.weights(), network)));
  }

  private List<Shard> shards() {
    int count = setup.exchange().shards();
    return IntStream.range(0, count).mapToObj(index -> new Shard(index, count)).toList();
  }

  /** The number of training images that a shard's examples stand for in a step of its own. */
  private int images(Shard shard) {
    return merges() ? shard.size(setup.trainingImages(), setup.batch()) : setup.trainingImages();
  }

  private ShardSteps.Step own(Shard shard, GradientStep whole, double learningRate) {
    int images = images(shard);
    GradientStep own = whole.alone(shard, images);
    int standsFor = merges() ? own.batch().count() : whole.batch().count();
    return new ShardSteps.Step(own, learningRate, standsFor / (double) images);
  }

  /** Returns the share of each shard in the images of all. */
  private static double[] shares(List<ShardSteps> shards) {
    double[] images =
        shards.stream()
            .mapToDouble(
                shard ->
                    shard.steps().stream().mapToInt(each -> each.gradients().batch().count()).sum())
            .toArray();
    double all = Arrays.stream(images).sum();
    return Arrays.stream(images).map(own -> own / all).toArray();
  }

  /** Returns the measurements of all shards in a step: of images the mean, and that of their KL. */
  private Report report(
      long step, Request request, GradientStep whole, List<ShardSteps.Result> results, int i) {
    int images = request.batch().count();
    double nll = 0;
    double kl = 0;
    double score = 0;
    for (Shard shard : shards()) {
      StepTotals totals = results.get(shard.index()).totals().get(i);
      nll += totals.losses().objective() / images(shard) * shard.size(images) / images;
      kl += totals.losses().kl() / shard.count();
      score += totals.sums()[0];
    }
    Losses losses = new Losses(setup.trainingImages() * nll, kl);
    double loss = losses.loss(request.beta());
    if (!Double.isFinite(loss)) {
      throw DivergedException.atStep(
          step, losses, Divergence.of(network, request.batch(), whole.noise()));
    }
    return new Report(step, images, nll, kl, loss, score);
  }
}
