package io.github.posteriori.checkpoint.torch;

import java.util.List;

/**
 * A tensor as PyTorch sees it: element (i, j, …) is number {@code offset + i * strides[0] + j *
 * strides[1] + …} of the storage. Views are checked by {@link ViewReader}.
 */
record View(Storage storage, long offset, List<Long> shape, List<Long> strides)
    implements PickleValue {}
