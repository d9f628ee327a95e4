package io.github.posteriori.pickle;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A NumPy array. A pickle makes an empty one first, and states its contents afterwards.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.ndarray.__setstate__.html">
 *     {@code ndarray.__setstate__}</a>
 */
public final class NumpyArray implements PickleValue {
  private List<Long> shape = List.of(0L);
  private NumpyType type = new NumpyType("b1");
  private boolean columnMajor;
  private byte[] bytes = {};

  /** Returns an array of (bytes, type, shape, order), as protocol 5 writes it. */
  static NumpyArray ofBuffer(Arguments arguments) {
    NumpyArray array = new NumpyArray();
    array.bytes = arguments.get(0, Bytes.class, "bytes").bytes();
    array.type = arguments.get(1, NumpyType.class, "a NumPy type");
    array.shape = arguments.numbers(2);
    array.columnMajor = arguments.text(3).equals("F");
    return array;
  }

  /** Takes over the state ([version,] shape, type, is column-major, bytes). */
  void build(Arguments state) {
    state.requireCount(4, 5);
    int first = state.values().size() - 4;
    shape = state.numbers(first);
    type = state.get(first + 1, NumpyType.class, "a NumPy type");
    columnMajor = state.flag(first + 2);
    // An array of objects has a list of them; nobody here needs these.
    bytes = state.values().get(first + 3) instanceof Bytes contents ? contents.bytes() : null;
  }

  /** The lengths of its dimensions, as the pickle states them. */
  public List<Long> shape() {
    return shape;
  }

  /** The type of its numbers. */
  public NumpyType type() {
    return type;
  }

  /** Returns whether the first index varies fastest, not the last. */
  public boolean isColumnMajor() {
    return columnMajor;
  }

  /**
   * Returns its numbers in their byte order, not copied.
   *
   * @throws PickleException when they are not as many as its shape says
   */
  public ByteBuffer numbers() {
    long count = 1;
    for (long size : shape) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw PickleException.damaged("a NumPy array of the shape " + shape, "one that fits");
      }
      count = Math.min(count * size, Integer.MAX_VALUE);
    }
    String size = type.code().replaceFirst("^[^0-9]*", "");
    if (bytes == null || !size.matches("[0-9]{1,2}")) {
      throw PickleException.damaged("a NumPy array of the type " + type.code(), "numbers");
    }
    if (bytes.length != count * Integer.parseInt(size)) {
      throw PickleException.damaged(
          "a NumPy array of the shape " + shape + " in " + bytes.length + " bytes",
          String.valueOf(count * Integer.parseInt(size)));
    }
    return ByteBuffer.wrap(bytes).order(type.order());
  }

  @Override
  public String kind() {
    return "a NumPy array";
  }
}
