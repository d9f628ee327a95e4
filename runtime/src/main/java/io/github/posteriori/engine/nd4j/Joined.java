package io.github.posteriori.engine.nd4j;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A join that ran forward, and what its way back is for.
 *
 * @param join what ran
 * @param inputs for each input, whether anybody needs the gradient by it
 */
record Joined(Join join, List<Boolean> inputs) {

  /** The gradient by each input, as far as it is needed. */
  Gradient[] split(Gradient dy) {
    return IntStream.range(0, inputs.size())
        .mapToObj(
            i ->
                dy.array()
                    .filter(array -> inputs.get(i))
                    .map(array -> Gradient.of(join.backward(array, i)))
                    .orElse(Gradient.NONE))
        .toArray(Gradient[]::new);
  }
}
