package io.github.posteriori.checkpoint.torch;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * A value in a pickle. No value stands for code. Containers may contain themselves, so traversals
 * must be bounded.
 */
sealed interface PickleValue permits PickleValue.Datum, PickleValue.Global, Storage, View {

  /** A value that a pickle names instead of containing it. */
  sealed interface Global extends PickleValue permits Builder, StorageType {
    /** The name in Python, such as {@code torch.FloatStorage}. */
    String global();
  }

  /** Data of Python itself. */
  sealed interface Datum extends PickleValue {}

  /** A string. */
  record Text(String text) implements Datum {}

  /** An integer. */
  record Whole(BigInteger number) implements Datum {
    static Whole of(long number) {
      return new Whole(BigInteger.valueOf(number));
    }
  }

  /** A float. */
  record Real(double number) implements Datum {}

  /** Values without parts. */
  enum Constant implements Datum {
    NONE,
    TRUE,
    FALSE
  }

  /** A list or a tuple; a list may grow. */
  record Sequence(List<PickleValue> items) implements Datum {}

  /** The entries of a dictionary, in order, whose keys are strings. */
  record Dictionary(Map<String, PickleValue> entries) implements Datum {}
}
