/**
 * Picture files, as a viewer shows them: which formats are read, whether a file is whole, which way
 * up it is.
 */
package io.github.posteriori.data.picture;
