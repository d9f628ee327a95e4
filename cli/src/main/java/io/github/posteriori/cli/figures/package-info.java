/**
 * Pictures and tables of a network's uncertainty inside and outside the distribution it learned
 * from.
 */
package io.github.posteriori.cli.figures;
