package io.github.posteriori;

import io.github.posteriori.pruning.WeightRanking;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingStep;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Prunes weights of a module by their signal-to-noise ratio, or by their size where it samples
 * none; see {@link WeightRanking}.
 *
 * <pre>{@code
 * Pruner.of(net).keep(0.05);
 * Trainer.of(net, options).fit(train, valid);   // fine-tuning: what is pruned stays 0
 * }</pre>
 *
 * <p>A pruned weight is 0 and has no noise, no share in the KL divergence and no gradient, until
 * another pruner of the same module keeps more. Checkpoints store which weights are kept, and their
 * values alone.
 *
 * <p>A pruner remembers the weights as they were when it was made: it may keep less and then more
 * again. Of an ensemble each member is pruned alike, by its own ranking.
 */
public final class Pruner {
  /** The smallest share that {@link #keepWithin} tries. */
  private static final double LEAST_SHARE = 0.001;

  /** How often {@link #keepWithin} halves the range of shares, on a logarithmic scale. */
  private static final int HALVINGS = 10;

  /** The number of steps from one ranking to the next while a module is trained. */
  static final int INTERVAL = 20;

  private final List<BayesModule> modules;
  private final List<WeightRanking> rankings;

  private Pruner(List<BayesModule> modules) {
    this.modules = modules;
    this.rankings = modules.stream().map(module -> WeightRanking.of(module.network())).toList();
  }

  /**
   * Ranks the present weights of a module.
   *
   * @throws IllegalArgumentException when it has no layer with weights, or predicts by the
   *     curvature around its present weights
   * @throws NullPointerException when {@code module} is null
   */
  public static Pruner of(BayesModule module) {
    Objects.requireNonNull(module, "module is null, expected one to prune");
    module.requireWhole("prune");
    if (module.predictor().kept() instanceof LastLayerLaplace) {
      throw new IllegalArgumentException(
          module.definition()
              + " predicts by Laplace's approximation around its present weights, expected another"
              + " method: prune the network first, and fit the approximation to what is left");
    }
    return new Pruner(
        module.predictor().kept() instanceof DeepEnsemble ensemble
            ? Stream.concat(Stream.of(module), ensemble.others().stream()).toList()
            : List.of(module));
  }

  /**
   * Keeps a share of the weights, biases not counted, and prunes the others; never more than were
   * kept when this pruner was made. What was measured of the module is forgotten.
   *
   * @param share above 0, at most 1
   * @return the share that is kept
   * @throws IllegalArgumentException when {@code share} is out of range
   */
  public double keep(double share) {
    requireShare(share);
    for (WeightRanking ranking : rankings) {
      ranking.keep((int) Math.min(Math.round(share * ranking.size()), ranking.most()));
    }
    modules.forEach(module -> module.learn(Learnt::withoutMeasurements));
    return kept();
  }

  /**
   * Returns a listener that prunes a module while it is trained, a little every {@value #INTERVAL}
   * steps, by the ranking of that time: weights that have become important meanwhile are kept. With
   * p the share pruned at the start and p' that at the end, after a share t of the steps in which
   * it prunes it has pruned
   *
   * <pre>
   *   p' + (p - p') (1 - t)^3
   * </pre>
   *
   * <p>It prunes in the first half of the steps of all epochs, and trains what is left in the rest.
   * A training that is resumed needs the listener again.
   *
   * <p>Source: Zhu and Gupta 2017, "To prune, or not to prune", arXiv 1710.01878.
   *
   * @param keep share of the weights that is kept at the end, above 0 and at most 1
   * @param epochs of the training
   * @throws IllegalArgumentException when {@code keep} is out of range, or as {@link #of}
   */
  public static TrainingListener gradually(BayesModule module, double keep, int epochs) {
    requireShare(keep);
    double before = of(module).kept();
    return new TrainingListener() {
      private int step;
      private double last;

      @Override
      public void epochStarted(int epoch, int steps) {
        step = (epoch - 1) * steps;
        last = (epochs * steps - 1) / 2; // whole steps
      }

      @Override
      public void stepDone(TrainingStep.Report report) {
        if (step <= last && (step % INTERVAL == 0 || step == last)) {
          double rest = last == 0 ? 0 : 1 - step / last;
          of(module).keep(keep + (before - keep) * rest * rest * rest);
        }
        step++;
      }
    };
  }

  /**
   * Keeps the smallest share of the weights whose score is at most {@code tolerance} below that of
   * all, found by bisection: to a hundredth of itself, from a thousandth of the weights on.
   *
   * @param tolerance largest loss of score, at least 0
   * @param score measures the module as it is, such as the accuracy on validation images; higher is
   *     better
   * @return the share that is kept
   * @throws IllegalArgumentException when {@code tolerance} is below 0
   */
  public double keepWithin(double tolerance, DoubleSupplier score) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "tolerance is " + tolerance + ", expected at least 0, such as 0.001");
    }
    double enough = keep(1);
    double least = score.getAsDouble() - tolerance;
    double tooFew = LEAST_SHARE;
    keep(tooFew);
    if (score.getAsDouble() >= least) {
      return kept();
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = Math.sqrt(tooFew * enough);
      keep(middle);
      if (score.getAsDouble() >= least) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return keep(enough);
  }

  static void requireShare(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "keep is " + share + ", expected a share of the weights, above 0 and at most 1");
    }
  }

  /** Returns the share of the weights that are kept at present, biases not counted. */
  public double kept() {
    WeightRanking first = rankings.get(0);
    return (double) first.kept() / first.size();
  }
}
