/** Variational training: schedules of learning rate and KL weight, steps, and their reports. */
package io.github.posteriori.train;
