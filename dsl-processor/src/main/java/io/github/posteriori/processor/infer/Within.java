package io.github.posteriori.processor.infer;

import java.util.List;

/**
 * The inside of a block.
 *
 * @param network the network with its shapes in this place
 * @param outputs the values of its free outputs in this place, in order
 */
public record Within(Network network, List<Count> outputs) {}
