/** What the project's pages share. */
package io.github.posteriori.cli.page;
