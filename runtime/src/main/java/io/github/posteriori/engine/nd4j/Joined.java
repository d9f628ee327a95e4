package io.github.posteriori.engine.nd4j;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A join that ran forward, and the gradients needed of it.
 *
 * @param join the join that ran
 * @param inputs for each input, whether the gradient with respect to it is needed
 */
record Joined(Join join, List<Boolean> inputs) {

  /** Returns the gradient with respect to each input, as far as it is needed. */
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
