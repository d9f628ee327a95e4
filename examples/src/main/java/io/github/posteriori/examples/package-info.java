/** Small complete programs, to be read from top to bottom and used as a start. */
package io.github.posteriori.examples;
