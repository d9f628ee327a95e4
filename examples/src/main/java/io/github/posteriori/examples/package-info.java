/** Small complete programs, to read from top to bottom and to start from. */
package io.github.posteriori.examples;
