package io.github.posteriori.engine;

import io.github.posteriori.noise.NoiseKey;

/**
 * The request for a training pass.
 *
 * @param images {@code [count, input]}, row-major, pixels from 0 to 1
 * @param count number of images, at least 1
 * @param noise the noise key of the first sample and the first image
 * @param samples number of posterior samples, at least 1; {@code objective} takes all of them
 *     together
 * @param beta weight of the KL divergence
 * @param objective the part of the loss that depends on the logits
 * @param shards exchanges numbers with the other shards of the batch, if the images are one
 */
public record StepRequest(
    float[] images,
    int count,
    NoiseKey noise,
    int samples,
    double beta,
    Objective objective,
    AllGather shards) {

  /** Requests a pass of a whole batch. */
  public StepRequest(
      float[] images, int count, NoiseKey noise, int samples, double beta, Objective objective) {
    this(images, count, noise, samples, beta, objective, AllGather.alone());
  }

  /** Returns this request with the objective alone as its loss. */
  public StepRequest withoutDivergence() {
    return new StepRequest(images, count, noise, samples, 0, objective, shards);
  }
}
