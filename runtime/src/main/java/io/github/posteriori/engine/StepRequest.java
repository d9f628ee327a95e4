package io.github.posteriori.engine;

import io.github.posteriori.noise.NoiseKey;

/**
 * What a training pass is asked for.
 *
 * @param images {@code [count, input]}, row-major, pixels from 0 to 1
 * @param count how many images, at least 1
 * @param noise of the first sample and of the first image
 * @param samples posterior samples drawn, at least 1; all of them go into {@code objective}
 *     together
 * @param beta weight of the KL divergence
 * @param objective the part of the loss that depends on the logits
 */
public record StepRequest(
    float[] images, int count, NoiseKey noise, int samples, double beta, Objective objective) {}
