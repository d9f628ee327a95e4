package io.github.posteriori.processor.infer;

import java.util.List;

/**
 * The inside of a block.
 *
 * @param network with the shapes it has here
 * @param outputs what its free outputs are here, in their order
 */
public record Within(Network network, List<Count> outputs) {}
