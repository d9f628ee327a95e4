package io.github.posteriori;

/**
 * Where a block is nested.
 *
 * @param field the full name of its field, such as {@code stage2.block1}
 * @param network the definition of the whole network
 * @param source index of the stage whose output it takes, or {@link
 *     io.github.posteriori.engine.Stage#INPUT}
 */
record BlockPlace(String field, String network, int source) {}
