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
 */
public record StepRequest(
    float[] images, int count, NoiseKey noise, int samples, double beta, Objective objective) {

  /** Returns this request with the objective alone as its loss. */
  public StepRequest withoutDivergence() {
    return new StepRequest(images, count, noise, samples, 0, objective);
  }
}
