package io.github.posteriori.spark;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.GradientStep;
import io.github.posteriori.train.Shard;
import io.github.posteriori.train.ShardGradients;
import java.io.Serializable;
import java.util.List;

/**
 * The part of a step of classification that computes the gradients of a shard.
 *
 * @param images {@code [count, input]}, as the first layer takes them
 * @param labels the class of each
 * @param first position of the first image in the whole batch
 * @param seed random seed of the noise
 * @param step number of the step
 * @param samples number of posterior samples
 * @param weight N / B, the training images for each image of the whole batch
 * @param beta weight of the KL divergence
 * @param addsDivergence whether the gradients include that of the KL divergence
 * @param outputs number of classes
 */
record ShardTask(
    float[] images,
    int[] labels,
    int first,
    long seed,
    long step,
    int samples,
    double weight,
    double beta,
    boolean addsDivergence,
    int outputs)
    implements Serializable {

  static ShardTask of(GradientStep whole, Shard shard) {
    GradientStep own = whole.of(shard);
    return new ShardTask(
        own.batch().images(),
        own.batch().labels(),
        own.first(),
        own.noise().seed(),
        own.noise().step(),
        own.samples(),
        own.weight(),
        own.beta(),
        shard.addsDivergence(),
        own.outputs());
  }

  ShardGradients compute(NetworkRunner runner, List<Parameter> trained) {
    GradientStep own =
        new GradientStep(
            new Batch(images, labels, labels.length, first),
            first,
            Likelihood.categorical(),
            NoiseKey.training(seed, step),
            samples,
            weight,
            beta,
            outputs);
    return ShardGradients.read(own.compute(addsDivergence, runner, trained), trained);
  }
}
