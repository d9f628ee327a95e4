/**
 * What executes a network: the interfaces between layers, which say what is computed, and engines,
 * which say how.
 */
package io.github.posteriori.engine;
