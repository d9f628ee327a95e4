/** Choices that the command line knows by name. */
package io.github.posteriori.cli.names;
