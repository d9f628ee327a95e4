package io.github.posteriori.train;

import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.Parameter;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers of a network on which a step depends: all its tensors, and which of their values are
 * pruned.
 *
 * @param tensors in the order of the network's parameters
 */
public record Weights(List<Tensor> tensors) implements Serializable {

  /**
   * The numbers of a parameter.
   *
   * @param kept the values that are not pruned
   * @param mask which these are, as {@link Mask#bytes}; null where none is pruned
   * @param pruned what the others are
   */
  public record Tensor(float[] kept, byte[] mask, float pruned) implements Serializable {

    private static Tensor of(Parameter parameter) {
      float[] values = new float[parameter.size()];
      parameter.read(values);
      return parameter
          .mask()
          .map(mask -> new Tensor(mask.select(values), mask.bytes(), pruned(mask, values)))
          .orElse(new Tensor(values, null, 0));
    }

    private static float pruned(Mask mask, float[] values) {
      int i = 0;
      while (mask.keeps(i)) {
        i++;
      }
      return values[i];
    }

    /** Returns this tensor with other numbers in place of those kept. */
    Tensor with(float[] numbers) {
      return new Tensor(numbers, mask, pruned);
    }

    private boolean hasMaskOf(Tensor other) {
      return Arrays.equals(mask, other.mask) && pruned == other.pruned;
    }

    private void write(Parameter parameter) {
      Mask own = mask == null ? Mask.all(parameter.size()) : Mask.of(mask, parameter.size());
      if (mask != null || parameter.mask().isPresent()) {
        parameter.prune(own, pruned);
      }
      parameter.write(own.expand(kept, pruned));
    }
  }

  /** Copies the weights of a network. */
  public static Weights of(Replica network) {
    return new Weights(network.parameters().stream().map(Tensor::of).toList());
  }

  /** Returns whether the same values are pruned in other weights of the same architecture. */
  boolean hasMasksOf(Weights other) {
    return IntStream.range(0, tensors.size())
        .allMatch(t -> tensors.get(t).hasMaskOf(other.tensors.get(t)));
  }

  /** Gives another network of the same architecture these weights. */
  public void write(Replica network) {
    for (int p = 0; p < tensors.size(); p++) {
      tensors.get(p).write(network.parameters().get(p));
    }
  }
}
