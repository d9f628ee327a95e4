package io.github.posteriori;

import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.PredictiveMoments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Predicts examples many at a time, each as if it were alone: with the vector engine the answer for
 * an example has the same bits whichever others it is scored with, in whatever order and on any
 * number of threads. So a set may be divided in any way, and parts of it scored again.
 *
 * <p>Every pass runs the same number of examples, since the order of sums depends on it; where
 * there are fewer, copies of the first fill the places.
 *
 * <p>It is safe to use from many threads, as the module is.
 */
public final class Scorer {
  /** The examples of the widest block of any engine, and a multiple of those of all others. */
  private static final int BLOCK = 64;

  private final BayesModule module;
  private final PosteriorPasses passes;
  private final int batch;

  private Scorer(BayesModule module, PosteriorPasses passes, int batch) {
    this.module = module;
    this.passes = passes;
    this.batch = batch;
  }

  /**
   * Creates a scorer.
   *
   * @param samples number of posterior samples, at least 1
   * @param batch number of examples of a pass, at least 1; it is rounded up to a multiple of 64,
   *     and is 1 where the network has a user's own layer, which may mix examples
   */
  public static Scorer of(BayesModule module, int samples, int batch) {
    Objects.requireNonNull(module, "module is null, expected one to predict with");
    Evaluator.requireBatch(batch);
    boolean mixes = module.network().layers().stream().anyMatch(CustomLayer.class::isInstance);
    int whole = Math.multiplyExact((batch - 1) / BLOCK + 1, BLOCK);
    return new Scorer(module, new PosteriorPasses(module, samples), mixes ? 1 : whole);
  }

  /** The largest number of examples that are scored at once. */
  public int batch() {
    return batch;
  }

  /**
   * Checks the numbers of an example.
   *
   * @throws IllegalArgumentException when they are too few or too many, not finite, or no pixels
   *     from 0 to 1 where the network takes images
   */
  public void require(float[] example) {
    int size = module.inputShape().size();
    if (example.length != size) {
      throw new IllegalArgumentException(
          "the example has %s numbers, expected %s for %s"
              .formatted(example.length, size, module.inputShape()));
    }
    if (!Pixels.areFromZeroToOne(example, 0, size)) {
      new Pixels(module.inputShape()).require(example, 0, () -> "the example");
    }
  }

  /**
   * Predicts the classes of some examples, with softmax.
   *
   * @param examples 1 to {@link #batch} of them, each as {@link #require} wants it
   * @throws IllegalArgumentException when there are none or more, or a logit is not finite
   * @throws IllegalStateException when the network does not tell classes apart, or a weight is not
   *     finite
   */
  public Prediction classes(List<float[]> examples) {
    module.requireKind(TargetKind.CLASSES);
    int classes = module.classes();
    PredictiveMoments moments = new PredictiveMoments(examples.size(), classes);
    passes.alone(
        filled(examples),
        batch,
        logits -> {
          float[] own = Arrays.copyOf(logits, examples.size() * classes);
          moments.add(Normalisation.SOFTMAX.probabilities(own, classes));
        });
    return Prediction.of(moments);
  }

  /**
   * Predicts the numbers of some examples.
   *
   * @param examples 1 to {@link #batch} of them, each as {@link #require} wants it
   * @throws IllegalArgumentException when there are none or more, or an output is not finite
   * @throws IllegalStateException when the network was not trained on numbers, or a weight is not
   *     finite
   */
  public ValuePrediction values(List<float[]> examples) {
    module.requireKind(TargetKind.VALUES);
    ValuePrediction all = passes.valuesAlone(filled(examples), batch);
    return new ValuePrediction(
        all.targetNames(), all.distributions().subList(0, examples.size()), all.samples());
  }

  private float[] filled(List<float[]> examples) {
    if (examples.isEmpty() || examples.size() > batch) {
      throw new IllegalArgumentException(
          "there are %s examples, expected 1 to %s".formatted(examples.size(), batch));
    }
    int size = module.inputShape().size();
    float[] all = new float[batch * size];
    for (int i = 0; i < batch; i++) {
      float[] example = examples.get(i < examples.size() ? i : 0);
      System.arraycopy(example, 0, all, i * size, size);
    }
    return all;
  }
}
