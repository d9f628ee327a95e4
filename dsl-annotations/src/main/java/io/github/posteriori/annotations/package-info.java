/** The annotations that declare a Bayesian network on the fields of a plain class. */
package io.github.posteriori.annotations;
