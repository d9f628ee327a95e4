/** Laplace's approximation of the posterior of a last layer. */
package io.github.posteriori.laplace;
