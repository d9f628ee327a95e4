package io.github.posteriori;

/**
 * Where a block is nested.
 *
 * @param field the full name of its field, such as {@code stage2.block1}
 * @param network the definition of the whole network
 */
record BlockPlace(String field, String network) {}
