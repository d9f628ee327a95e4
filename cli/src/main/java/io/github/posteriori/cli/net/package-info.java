/**
 * Networks by the name, the source or the class that the command line is given, or by what a
 * checkpoint says.
 */
package io.github.posteriori.cli.net;
