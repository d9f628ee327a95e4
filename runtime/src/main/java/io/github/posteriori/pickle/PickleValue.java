package io.github.posteriori.pickle;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value in a pickle. No value stands for code. Containers may contain themselves, so traversals
 * must be bounded.
 */
public sealed interface PickleValue
    permits PickleValue.Text,
        PickleValue.Bytes,
        PickleValue.Whole,
        PickleValue.Real,
        PickleValue.Constant,
        PickleValue.Sequence,
        PickleValue.Dictionary,
        PickleValue.Other,
        PickleValue.OfFormat,
        Global,
        NumpyArray,
        NumpyType {

  /** Returns what it is, with an article, for messages. */
  String kind();

  /** A value that only one format has, such as a tensor. */
  non-sealed interface OfFormat extends PickleValue {}

  /** A string. */
  record Text(String text) implements PickleValue {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** Bytes; also a string of Python 2, whose charset no pickle tells. */
  final class Bytes implements PickleValue {
    private final byte[] bytes;
    private Text text;

    /** Creates a value of these bytes, which are not copied. */
    public Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Returns the bytes, not copied. */
    public byte[] bytes() {
      return bytes;
    }

    /** Returns the bytes as a string of Python 2, one character each. */
    public Text text() {
      if (text == null) {
        Charset latin1 = StandardCharsets.ISO_8859_1;
        text = new Text(new String(bytes, latin1));
      }
      return text;
    }

    @Override
    public String kind() {
      return "bytes";
    }
  }

  /** An integer. */
  record Whole(BigInteger number) implements PickleValue {
    /** Returns the value of a number. */
    public static Whole of(long number) {
      return new Whole(BigInteger.valueOf(number));
    }

    @Override
    public String kind() {
      return "an integer";
    }
  }

  /** A float. */
  record Real(double number) implements PickleValue {
    @Override
    public String kind() {
      return "a float";
    }
  }

  /** Values without parts. */
  enum Constant implements PickleValue {
    /** None. */
    NONE("None"),
    /** True. */
    TRUE("True"),
    /** False. */
    FALSE("False");

    private final String python;

    Constant(String python) {
      this.python = python;
    }

    @Override
    public String kind() {
      return python;
    }
  }

  /** A list, tuple or set; all but a tuple may grow. */
  record Sequence(List<PickleValue> items) implements PickleValue {
    @Override
    public String kind() {
      return "a list, tuple or set";
    }
  }

  /** A dictionary. Entries whose keys are no strings are counted, not kept. */
  final class Dictionary implements PickleValue {
    private final Map<String, PickleValue> entries = new LinkedHashMap<>();
    private long others;

    /** Returns the entries whose keys are strings, in order. */
    public Map<String, PickleValue> entries() {
      return entries;
    }

    /** Returns the number of entries whose keys are no strings, such as an optimiser's. */
    public long others() {
      return others;
    }

    void set(PickleValue key, PickleValue value) {
      PickleValue name = key instanceof Bytes bytes ? bytes.text() : key;
      if (!(name instanceof Text text)) {
        others++;
      } else if (entries.put(text.text(), value) != null) {
        throw PickleException.damaged("two entries " + text.text(), "one");
      }
    }

    @Override
    public String kind() {
      return "a dictionary";
    }
  }

  /** A value of which only the type is kept, since nobody here needs more. */
  record Other(String kind) implements PickleValue {}
}
