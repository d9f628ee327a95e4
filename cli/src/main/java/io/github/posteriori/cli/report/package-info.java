/** The page that shows a training run to a person: one class a section. */
package io.github.posteriori.cli.report;
