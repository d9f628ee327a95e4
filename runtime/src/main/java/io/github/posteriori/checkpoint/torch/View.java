package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.pickle.PickleValue;
import java.util.List;

/**
 * A tensor as PyTorch sees it: element (i, j, …) is number {@code offset + i * strides[0] + j *
 * strides[1] + …} of the storage. Views are checked by {@link ViewReader}.
 */
record View(Storage storage, long offset, List<Long> shape, List<Long> strides)
    implements PickleValue.OfFormat {

  /** Returns whether its numbers are weights and not counters or flags. */
  boolean isFloating() {
    return storage.type().numbers().filter(numbers -> numbers.isFloating()).isPresent();
  }

  @Override
  public String kind() {
    return "a tensor of the shape " + shape;
  }
}
