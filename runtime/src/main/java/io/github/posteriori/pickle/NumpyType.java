package io.github.posteriori.pickle;

import java.nio.ByteOrder;

/** A NumPy type of numbers. A pickle names it first, and states its byte order afterwards. */
public final class NumpyType implements PickleValue {
  private final String code;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  /**
   * Creates a type.
   *
   * @param code NumPy's name of it, such as {@code u1} or {@code f8}
   */
  NumpyType(String code) {
    this.code = code;
  }

  /** The kind of number and its bytes, such as {@code u1}: an unsigned integer of one byte. */
  public String code() {
    return code;
  }

  /** The order of the bytes of a number. */
  public ByteOrder order() {
    return order;
  }

  /** Takes over the state (version, byte order, …), in which ">" is big-endian. */
  void build(Arguments state) {
    state.requireCount(2, Integer.MAX_VALUE);
    order = state.text(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  @Override
  public String kind() {
    return "a NumPy type";
  }
}
