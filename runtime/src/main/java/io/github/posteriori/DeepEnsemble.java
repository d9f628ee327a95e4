package io.github.posteriori;

import io.github.posteriori.checkpoint.Architecture;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A deep ensemble: the mean over several modules that were trained alike, from other initial
 * weights and in another order of images. A member with point weights gives one draw, one with a
 * posterior a draw for each sample.
 *
 * <p>All members have one likelihood: noise that each learned for itself is the mean of their
 * variances, see {@link Likelihood#pooled}.
 *
 * <p>Source: Lakshminarayanan et al. 2017, "Simple and scalable predictive uncertainty estimation
 * using deep ensembles".
 */
public final class DeepEnsemble extends Predictor {
  static final String METHOD = "ensemble";
  private final List<BayesModule> others;

  DeepEnsemble(List<? extends BayesModule> others) {
    Objects.requireNonNull(others, "others is null, expected the other members");
    if (others.isEmpty()) {
      throw new IllegalArgumentException(
          "the ensemble has one member, expected at least 2: train another one from another seed");
    }
    this.others = List.copyOf(others);
  }

  /** The members but for the module that predicts with them. */
  public List<BayesModule> others() {
    return others;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public boolean isRandom(BayesModule module) {
    return members(module).anyMatch(Predictor::drawsWeights);
  }

  @Override
  public int draws(BayesModule module, int samples) {
    return members(module).mapToInt(member -> drawsOf(member, samples)).sum();
  }

  @Override
  Likelihood likelihood(BayesModule module) {
    return module.likelihood().pooled(members(module).map(BayesModule::likelihood).toList());
  }

  @Override
  void draw(
      BayesModule module,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits) {
    int before = 0;
    for (BayesModule member : members(module).toList()) {
      int draws = drawsOf(member, samples);
      run(member, images, count, noise.plusSamples(before), draws, logits);
      before += draws;
    }
  }

  private Stream<BayesModule> members(BayesModule first) {
    return Stream.concat(Stream.of(first), others.stream());
  }

  private static int drawsOf(BayesModule member, int samples) {
    return drawsWeights(member) ? samples : 1;
  }

  @Override
  void requireFits(BayesModule module) {
    for (BayesModule other : others) {
      if (other == module) {
        throw new IllegalArgumentException(
            "a member of the ensemble is the module itself, expected others: hand over those"
                + " trained from other seeds");
      }
      requireSame("layers", architecture(other), architecture(module));
      requireSame("likelihood", withoutNoise(other), withoutNoise(module));
      requireSame("class names", other.classNames(), module.classNames());
      requireSame("standardisation", other.standardisation(), module.standardisation());
    }
  }

  private static Likelihood.Learned withoutNoise(BayesModule module) {
    Likelihood.Learned learned = module.likelihood().learned();
    return new Likelihood.Learned(
        learned.name(), learned.targets(), learned.means(), learned.deviations(), List.of());
  }

  private static Architecture architecture(BayesModule module) {
    return Architecture.of(module.definition(), module.freeDimensions(), module.network());
  }

  private static void requireSame(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "a member of the ensemble has other "
              + what
              + " ("
              + found
              + ", expected "
              + expected
              + "): train all members alike, from different seeds");
    }
  }
}
