package io.github.posteriori;

import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * How a module draws the logits of which its predictions are the mean. All that is made of a
 * prediction, such as its parts of uncertainty, is the same for every predictor.
 *
 * <p>It concerns {@code predict}, {@code sample} and {@link Evaluator}; {@code forward} runs the
 * module's own weights whatever the predictor is.
 */
public abstract sealed class Predictor
    permits PosteriorPredictor, McDropout, DeepEnsemble, LastLayerLaplace, TestTimeAugmentation {

  Predictor() {}

  /** Returns the default: samples of the module's variational posterior. */
  public static Predictor posterior() {
    return PosteriorPredictor.INSTANCE;
  }

  /** Returns Monte Carlo dropout; see {@link McDropout}. */
  public static Predictor mcDropout() {
    return McDropout.INSTANCE;
  }

  /**
   * Returns a deep ensemble of the module that it is set of and {@code others}; see {@link
   * DeepEnsemble}.
   *
   * @param others at least one, of the same definition, sizes, classes and standardisation
   */
  public static Predictor ensemble(List<? extends BayesModule> others) {
    return new DeepEnsemble(others);
  }

  /** The word for the method on the command line and in files, such as {@code mc-dropout}. */
  public abstract String method();

  /** Returns whether more samples say more: whether two draws of one image can differ. */
  public boolean isRandom(BayesModule module) {
    return true;
  }

  /**
   * Returns how many draws {@code samples} posterior samples come to, where an ensemble has several
   * members.
   */
  public int draws(BayesModule module, int samples) {
    return samples;
  }

  /** Returns the part of this that checkpoints keep. */
  Predictor kept() {
    return this;
  }

  /** Returns the likelihood that a module has which predicts in this way. */
  Likelihood likelihood(BayesModule module) {
    return module.likelihood();
  }

  /**
   * Draws the logits of a batch, {@link #draws} times.
   *
   * @param images {@code [count, input]}, row-major, as the module is given them
   * @param noise the key of the first draw
   * @param logits receives the logits of each draw in turn, {@code [count, classes]} row-major
   * @throws IllegalArgumentException when a logit is NaN or infinite
   * @throws IllegalStateException when a weight is
   */
  abstract void draw(
      BayesModule module,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits);

  /**
   * Throws unless the module can be predicted with in this way.
   *
   * @throws IllegalArgumentException when it cannot
   */
  abstract void requireFits(BayesModule module);

  /** Runs the module's own weights, once for each sample. */
  static void run(
      BayesModule module,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits) {
    module.requireFiniteWeights();
    AtomicInteger sample = new AtomicInteger();
    float[] inputs = module.standardised(images);
    module
        .runner()
        .forward(
            inputs,
            count,
            noise,
            samples,
            next -> {
              NoiseKey own = noise.plusSamples(sample.getAndIncrement());
              FiniteLogits.require(module, inputs, own, next);
              logits.accept(next);
            });
  }

  /** Returns whether the module's own weights are drawn anew for each sample. */
  static boolean drawsWeights(BayesModule module) {
    return !module.network().sampledPosteriors().isEmpty();
  }
}
