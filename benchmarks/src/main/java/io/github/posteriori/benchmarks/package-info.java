/** Benchmarks of the engines, and of the processor's limit. */
package io.github.posteriori.benchmarks;
