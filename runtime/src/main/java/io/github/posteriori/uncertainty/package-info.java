/**
 * How sure a network is, and how right: predictive moments, calibration, detection of what lies
 * outside the training distribution.
 */
package io.github.posteriori.uncertainty;
