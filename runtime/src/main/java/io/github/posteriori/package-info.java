/**
 * The library's public face: modules, their options, training, evaluation, predictions and
 * checkpoints.
 *
 * <p>Images are float numbers from 0 to 1 throughout. This package builds upon all others; only
 * {@code build}, which generated code calls, builds upon it.
 */
package io.github.posteriori;
