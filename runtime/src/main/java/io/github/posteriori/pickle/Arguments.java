package io.github.posteriori.pickle;

import io.github.posteriori.pickle.PickleValue.Bytes;
import io.github.posteriori.pickle.PickleValue.Constant;
import io.github.posteriori.pickle.PickleValue.Sequence;
import io.github.posteriori.pickle.PickleValue.Text;
import io.github.posteriori.pickle.PickleValue.Whole;
import java.math.BigInteger;
import java.util.List;

/**
 * The parts of a tuple, such as the arguments of a function, with their types.
 *
 * @param owner what they belong to, for messages
 * @param work the account of copies that a call may make
 */
public record Arguments(String owner, List<PickleValue> values, Work work) {
  /** The most dimensions of an array that NumPy and PyTorch allow. */
  private static final int MOST_DIMENSIONS = 64;

  /**
   * Takes the parts of a value that must be a tuple.
   *
   * @throws PickleException when it is none
   */
  public static Arguments of(String owner, PickleValue tuple, Work work) {
    return new Arguments(
        owner, new Arguments(owner, List.of(tuple), work).sequence(0).items(), work);
  }

  /** Checks the number of arguments. */
  public Arguments requireCount(int least, int most) {
    if (values.size() < least || values.size() > most) {
      throw PickleException.damaged(
          owner + " has " + values.size() + " arguments",
          least == most ? String.valueOf(least) : least + " to " + most);
    }
    return this;
  }

  /** Returns an argument of a format's own type, which {@code expected} names. */
  public <T extends PickleValue> T get(int index, Class<T> type, String expected) {
    PickleValue value = values.get(index);
    if (!type.isInstance(value)) {
      throw wrong(index, value.kind(), expected);
    }
    return type.cast(value);
  }

  /** Returns an argument that is a string, of Python 2 or 3. */
  public String text(int index) {
    PickleValue value = values.get(index);
    return value instanceof Bytes bytes
        ? bytes.text().text()
        : get(index, Text.class, "a string").text();
  }

  /** Returns an argument that is a list or a tuple. */
  public Sequence sequence(int index) {
    return get(index, Sequence.class, "a list or tuple");
  }

  /** Returns an argument that is a whole number and fits a long. */
  public long number(int index) {
    return number(index, values.get(index));
  }

  /** Returns an argument that is a tuple of such numbers, one for each dimension of an array. */
  public List<Long> numbers(int index) {
    List<PickleValue> items = sequence(index).items();
    if (items.size() > MOST_DIMENSIONS) {
      throw wrong(index, items.size() + " numbers", "at most " + MOST_DIMENSIONS);
    }
    return items.stream().map(item -> number(index, item)).toList();
  }

  /** Returns an argument that is true or false, or a number that is not 0 or is. */
  boolean flag(int index) {
    return values.get(index) instanceof Constant constant
        ? constant == Constant.TRUE
        : number(index) != 0;
  }

  private long number(int index, PickleValue value) {
    if (!(value instanceof Whole whole)) {
      throw wrong(index, value.kind(), "an integer");
    }
    BigInteger number = whole.number();
    if (number.bitLength() >= Long.SIZE) {
      throw wrong(index, "a number of " + number.bitLength() + " bits", "at most 63");
    }
    return number.longValue();
  }

  private PickleException wrong(int index, String found, String expected) {
    return PickleException.damaged("argument " + index + " of " + owner + " is " + found, expected);
  }
}
