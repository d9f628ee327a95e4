/** How uncertain a network is inside and outside the distribution it learned from. */
package io.github.posteriori.cli.figures;
