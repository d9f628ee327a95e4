/** What the command line calls the examples of a set. */
package io.github.posteriori.cli.names;
