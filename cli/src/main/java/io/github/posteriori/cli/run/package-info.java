/** Training runs over the shipped networks and data sets. */
package io.github.posteriori.cli.run;
