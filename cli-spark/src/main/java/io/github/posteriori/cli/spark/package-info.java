/** The command line on Apache Spark: {@code train --spark} and {@code score}. */
package io.github.posteriori.cli.spark;
