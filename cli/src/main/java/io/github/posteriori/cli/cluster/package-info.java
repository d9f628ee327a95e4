/** Clusters on which commands train and score in place of this machine. */
package io.github.posteriori.cli.cluster;
