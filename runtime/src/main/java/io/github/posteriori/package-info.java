/**
 * What a user meets: modules, their options, training, evaluation, predictions and checkpoints.
 *
 * <p>Images are float numbers from 0 to 1 throughout. This package is the roof of the library: it
 * builds upon the others, and only {@code build}, which generated code calls, builds upon it.
 */
package io.github.posteriori;
