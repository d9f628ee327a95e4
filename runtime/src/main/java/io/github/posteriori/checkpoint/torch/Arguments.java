package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.torch.PickleValue.Sequence;
import io.github.posteriori.checkpoint.torch.PickleValue.Whole;
import java.math.BigInteger;
import java.util.List;

/**
 * The arguments of a function or a persistent id, with PyTorch's types.
 *
 * @param owner the name of the result, for messages
 */
record Arguments(String owner, List<PickleValue> values, CheckpointInput input) {
  /** PyTorch's own limit on the dimensions of a tensor. */
  private static final int MOST_DIMENSIONS = 64;

  /** Checks the number of arguments. */
  Arguments requireCount(int least, int most) {
    if (values.size() < least || values.size() > most) {
      throw input.damaged(
          owner + " has " + values.size() + " arguments",
          least == most ? String.valueOf(least) : least + " to " + most);
    }
    return this;
  }

  /** Returns the argument at {@code index}. */
  <T extends PickleValue> T get(int index, Class<T> type) {
    return cast(index, values.get(index), type);
  }

  /** Returns an argument that is a whole number and fits a long. */
  long number(int index) {
    return number(index, values.get(index));
  }

  /** Returns an argument that is a tuple of such numbers, one for each dimension of a tensor. */
  List<Long> numbers(int index) {
    List<PickleValue> items = get(index, Sequence.class).items();
    if (items.size() > MOST_DIMENSIONS) {
      throw wrong(index, items.size() + " numbers", "at most " + MOST_DIMENSIONS);
    }
    return items.stream().map(item -> number(index, item)).toList();
  }

  private long number(int index, PickleValue value) {
    BigInteger number = cast(index, value, Whole.class).number();
    if (number.bitLength() >= Long.SIZE) {
      throw wrong(index, "a number of " + number.bitLength() + " bits", "at most 63");
    }
    return number.longValue();
  }

  private <T extends PickleValue> T cast(int index, PickleValue value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw wrong(index, "a " + value.getClass().getSimpleName(), "a " + type.getSimpleName());
    }
    return type.cast(value);
  }

  private CheckpointException wrong(int index, String found, String expected) {
    return input.damaged("argument " + index + " of " + owner + " is " + found, expected);
  }
}
