/**
 * The portable engine, and the definition of every layer: each operation's equation and source
 * stand above it, forward beside backward.
 */
package io.github.posteriori.engine.nd4j;
