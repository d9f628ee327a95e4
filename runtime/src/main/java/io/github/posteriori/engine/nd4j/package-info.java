/**
 * The portable engine, and the definition of every layer: each operation states its equation and
 * source, forward beside backward.
 */
package io.github.posteriori.engine.nd4j;
