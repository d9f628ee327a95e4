/** Suggestions for misspelt names. */
package io.github.posteriori.names;
