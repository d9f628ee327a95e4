/**
 * Measures of uncertainty and of its quality: predictive moments, calibration, detection of images
 * outside the training distribution.
 */
package io.github.posteriori.uncertainty;
