/** Names that people write, and may misspell. */
package io.github.posteriori.names;
