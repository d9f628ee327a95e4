/** How fast the engines are, and how far from what the processor could do. */
package io.github.posteriori.benchmarks;
