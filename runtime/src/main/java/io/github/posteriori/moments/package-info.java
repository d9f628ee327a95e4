/**
 * Prediction without sampling: the mean and variance of every activation, propagated through a
 * network in one pass.
 */
package io.github.posteriori.moments;
