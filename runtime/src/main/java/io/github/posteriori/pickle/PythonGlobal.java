package io.github.posteriori.pickle;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Python's own types of data, and the functions by which older protocols write them. */
enum PythonGlobal implements Global {
  ORDERED_DICT("collections.OrderedDict") {
    /** Builds one of nothing, or, as Python 2 writes it, of a list of pairs. */
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(0, 1);
      Dictionary made = new Dictionary();
      if (arguments.values().isEmpty()) {
        return made;
      }
      List<PickleValue> pairs = arguments.sequence(0).items();
      arguments.work().spend(pairs.size());
      for (PickleValue pair : pairs) {
        Arguments entry = Arguments.of("an entry", pair, arguments.work()).requireCount(2, 2);
        made.set(entry.values().get(0), entry.values().get(1));
      }
      return made;
    }
  },

  /** A dictionary of (default_factory), which fills it only when a program asks. */
  DEFAULT_DICT("collections.defaultdict") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(0, 1);
      return new Dictionary();
    }
  },

  COUNTER("collections.Counter") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(0, 1);
      return arguments.values().isEmpty()
          ? new Dictionary()
          : arguments.get(0, Dictionary.class, "a dictionary");
    }
  },

  /** Bytes of (characters, "latin1"), as protocols before 3 write them. */
  ENCODE("_codecs.encode") {
    @Override
    public PickleValue call(Arguments arguments) {
      return latin1(arguments.requireCount(2, 2));
    }
  },

  BYTES("builtins.bytes") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(0, 0);
      return new Bytes(new byte[0]);
    }
  },

  /** Bytes of nothing, of bytes, or of (characters, "latin-1"). */
  BYTE_ARRAY("builtins.bytearray") {
    @Override
    public PickleValue call(Arguments arguments) {
      return switch (arguments.requireCount(0, 2).values().size()) {
        case 0 -> new Bytes(new byte[0]);
        case 1 -> arguments.get(0, Bytes.class, "bytes");
        default -> latin1(arguments);
      };
    }
  },

  SET("builtins.set") {
    @Override
    public PickleValue call(Arguments arguments) {
      return arguments.requireCount(1, 1).sequence(0);
    }
  },

  FROZEN_SET("builtins.frozenset") {
    @Override
    public PickleValue call(Arguments arguments) {
      return arguments.requireCount(1, 1).sequence(0);
    }
  },

  COMPLEX("builtins.complex") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(2, 2);
      return new Other("a complex number");
    }
  },

  // Types that stand only for themselves, such as the default of a dictionary.
  BOOL("builtins.bool"),
  DICT("builtins.dict"),
  FLOAT("builtins.float"),
  INT("builtins.int"),
  LIST("builtins.list"),
  LONG("builtins.long"),
  STR("builtins.str"),
  TUPLE("builtins.tuple"),
  UNICODE("builtins.unicode");

  private final String python;

  PythonGlobal(String python) {
    this.python = python;
  }

  @Override
  public String python() {
    return python;
  }

  private static Bytes latin1(Arguments arguments) {
    String charset = arguments.text(1).replace("-", "");
    if (!charset.equals("latin1")) {
      throw PickleException.damaged("bytes in the charset " + charset, "latin1, as Python writes");
    }
    String characters = arguments.text(0);
    arguments.work().spend(characters.length());
    return new Bytes(characters.getBytes(StandardCharsets.ISO_8859_1));
  }
}
