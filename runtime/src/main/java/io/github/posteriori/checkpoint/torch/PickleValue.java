package io.github.posteriori.checkpoint.torch;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * What a pickle may hold here. There is no value that stands for code; containers may contain
 * themselves, so nothing may walk through them without an end.
 */
sealed interface PickleValue permits PickleValue.Datum, PickleValue.Global, Storage, View {

  /** What a pickle names instead of containing it. */
  sealed interface Global extends PickleValue permits Builder, StorageType {
    /** Its name in Python, such as {@code torch.FloatStorage}. */
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

  /** The values that have no parts. */
  enum Constant implements Datum {
    NONE,
    TRUE,
    FALSE
  }

  /** A list or a tuple; a list grows after it was made. */
  record Sequence(List<PickleValue> items) implements Datum {}

  /** The entries of a dictionary, in order, whose keys are strings. */
  record Dictionary(Map<String, PickleValue> entries) implements Datum {}
}
