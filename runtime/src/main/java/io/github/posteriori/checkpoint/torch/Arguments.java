package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.torch.PickleValue.Sequence;
import io.github.posteriori.checkpoint.torch.PickleValue.Whole;
import java.math.BigInteger;
import java.util.List;

/**
 * The parts that something is made of, in the types that PyTorch gives them.
 *
 * @param owner what is made, for messages
 */
record Arguments(String owner, List<PickleValue> values, CheckpointInput input) {
  /** PyTorch's own limit on the dimensions of a tensor. */
  private static final int MOST_DIMENSIONS = 64;

  /** Refuses another number of parts. */
  Arguments requireCount(int least, int most) {
    if (values.size() < least || values.size() > most) {
      throw input.damaged(
          owner + " has " + values.size() + " arguments",
          least == most ? String.valueOf(least) : least + " to " + most);
    }
    return this;
  }

  /** The part at {@code index}. */
  <T extends PickleValue> T get(int index, Class<T> type) {
    return cast(index, values.get(index), type);
  }

  /** A whole number that fits a long. */
  long number(int index) {
    return number(index, values.get(index));
  }

  /** A tuple of such numbers, one for each dimension of a tensor. */
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
