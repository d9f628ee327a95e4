/**
 * What held-out examples promise of predictions: a temperature, conformal sets and intervals, and
 * bounds of the risk.
 */
package io.github.posteriori.calibration;
