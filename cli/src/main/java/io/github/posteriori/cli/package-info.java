/** The command line over the shipped networks. */
package io.github.posteriori.cli;
