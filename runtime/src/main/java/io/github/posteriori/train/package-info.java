/** Variational training: likelihood, schedules of the KL weight, one step, and what it reports. */
package io.github.posteriori.train;
