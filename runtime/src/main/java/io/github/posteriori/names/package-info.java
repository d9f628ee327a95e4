/** Names that people write: choices, and suggestions for misspelt ones. */
package io.github.posteriori.names;
