package io.github.posteriori.checkpoint.torch;

import java.util.LinkedHashMap;

/**
 * The Python functions that a checkpoint may name. None of them is called; each stands for data
 * built here. Source of the arguments: {@code torch/_utils.py}.
 */
enum Builder implements PickleValue.Global {
  ORDERED_DICT("collections.OrderedDict") {
    @Override
    PickleValue build(Arguments arguments) {
      arguments.requireCount(0, 0);
      return new Dictionary(new LinkedHashMap<>());
    }
  },

  /** A tensor of (storage, offset, size, stride, requires_grad, backward_hooks[, metadata]). */
  TENSOR("torch._utils._rebuild_tensor_v2") {
    @Override
    PickleValue build(Arguments arguments) {
      arguments.requireCount(6, 7);
      return new View(
          arguments.get(0, Storage.class),
          arguments.number(1),
          arguments.numbers(2),
          arguments.numbers(3));
    }
  },

  /** A parameter of (data, requires_grad, backward_hooks). */
  PARAMETER("torch._utils._rebuild_parameter") {
    @Override
    PickleValue build(Arguments arguments) {
      return arguments.requireCount(3, 3).get(0, View.class);
    }
  };

  private final String global;

  Builder(String global) {
    this.global = global;
  }

  @Override
  public String global() {
    return global;
  }

  /** Builds the value that PyTorch would build from these arguments. */
  abstract PickleValue build(Arguments arguments);
}
