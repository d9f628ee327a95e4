package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.torch.PickleValue.Constant;
import io.github.posteriori.checkpoint.torch.PickleValue.Dictionary;
import io.github.posteriori.checkpoint.torch.PickleValue.Global;
import io.github.posteriori.checkpoint.torch.PickleValue.Real;
import io.github.posteriori.checkpoint.torch.PickleValue.Sequence;
import io.github.posteriori.checkpoint.torch.PickleValue.Text;
import io.github.posteriori.checkpoint.torch.PickleValue.Whole;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the pickles of a PyTorch checkpoint. A pickle is a program for a small stack machine that
 * may name and call any Python function; here it may only create data and tensors, and anything
 * else is rejected by name.
 *
 * <p>Every step takes constant time and memory besides the bytes it reads, there is no recursion,
 * and steps are counted, so the cost of a hostile pickle is bounded. Source of the instructions:
 * CPython's {@code pickletools.py}; of the persistent ids: {@code torch/serialization.py}.
 */
final class Unpickler {
  /** The longest pickle accepted, in bytes; one of names and shapes is shorter. */
  static final int LONGEST = 8_000_000;

  /** The largest number of steps accepted; a tensor takes about 40. */
  private static final int MOST_STEPS = 1_000_000;

  /** The longest function name shown in a message. */
  private static final int LONGEST_NAME = 100;

  private static final Map<String, Global> ALLOWED =
      Stream.<Global[]>of(Builder.values(), StorageType.values())
          .flatMap(Stream::of)
          .collect(Collectors.toUnmodifiableMap(Global::global, global -> global));

  private final CheckpointInput input;
  private final Map<String, Storage> storages = new HashMap<>();
  private final Map<Integer, PickleValue> memo = new HashMap<>();

  /** The stacks below each mark; the one below the last mark is on top. */
  private final Deque<List<PickleValue>> marked = new ArrayDeque<>();

  private List<PickleValue> stack = new ArrayList<>();
  private ByteBuffer pickle;
  private int steps;

  Unpickler(CheckpointInput input) {
    this.input = input;
  }

  /** The storages referred to so far, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  /**
   * Reads one pickle from the position of {@code bytes}, which it moves to the pickle's end.
   *
   * @throws CheckpointException when it is not a pickle of plain data and tensors
   */
  PickleValue read(ByteBuffer bytes) {
    pickle = bytes;
    memo.clear();
    marked.clear();
    stack.clear();
    try {
      while (true) {
        if (steps++ == MOST_STEPS) {
          throw input.damaged("its pickle goes on after " + MOST_STEPS + " steps", "an end");
        }
        int at = pickle.position();
        int code = pickle.get() & 0xff;
        if (code == '.') {
          return pop();
        }
        step(code, at);
      }
    } catch (BufferUnderflowException e) {
      throw input.damaged("its pickle ends early, or is longer than " + LONGEST, "a whole one");
    }
  }

  private void step(int code, int at) {
    switch (code) {
      case 0x80 -> protocol(pickle.get()); // PROTO
      case 0x95 -> pickle.getLong(); // FRAME: a hint for readers of streams
      case '(' -> mark();
      case 'N' -> push(Constant.NONE);
      case 0x88 -> push(Constant.TRUE); // NEWTRUE
      case 0x89 -> push(Constant.FALSE); // NEWFALSE
      case 'K' -> push(Whole.of(pickle.get() & 0xff)); // BININT1
      case 'M' -> push(Whole.of(pickle.getShort() & 0xffff)); // BININT2
      case 'J' -> push(Whole.of(pickle.getInt())); // BININT
      case 0x8a -> push(longNumber(pickle.get() & 0xff)); // LONG1
      case 'G' -> push(real()); // BINFLOAT
      case 0x8c -> push(text(pickle.get() & 0xff)); // SHORT_BINUNICODE
      case 'X' -> push(text(pickle.getInt() & 0xffff_ffffL)); // BINUNICODE
      case ')' -> push(tuple(0)); // EMPTY_TUPLE
      case 0x85 -> push(tuple(1)); // TUPLE1
      case 0x86 -> push(tuple(2));
      case 0x87 -> push(tuple(3));
      case 't' -> tupleSinceMark(); // TUPLE
      case ']' -> push(tuple(0)); // EMPTY_LIST
      case 'a' -> append(List.of(pop())); // APPEND
      case 'e' -> append(popMark()); // APPENDS
      case '}' -> push(new Dictionary(new LinkedHashMap<>())); // EMPTY_DICT
      case 's' -> set(tuple(2).items()); // SETITEM
      case 'u' -> set(popMark()); // SETITEMS
      case 'q' -> memo.put(pickle.get() & 0xff, peek()); // BINPUT
      case 'r' -> memo.put(pickle.getInt(), peek()); // LONG_BINPUT
      case 0x94 -> memo.put(memo.size(), peek()); // MEMOIZE
      case 'h' -> push(remembered(pickle.get() & 0xff)); // BINGET
      case 'j' -> push(remembered(pickle.getInt())); // LONG_BINGET
      case 'c' -> push(global(line(), line())); // GLOBAL
      case 0x93 -> stackGlobal();
      case 'R' -> reduce();
      case 'b' -> build();
      case 'Q' -> push(storage()); // BINPERSID
      case 'i' -> throw forbidden(line() + "." + line()); // INST
      default ->
          throw forbidden(String.format("instruction 0x%02x at byte %d of its pickle", code, at));
    }
  }

  private void protocol(int version) {
    if (version < 2 || version > 5) {
      throw input.damaged("its pickle has the protocol " + version, "2 to 5");
    }
  }

  private void mark() {
    marked.push(stack);
    stack = new ArrayList<>(0);
  }

  private List<PickleValue> popMark() {
    if (marked.isEmpty()) {
      throw input.damaged("its pickle ends a group that it never began", "a beginning");
    }
    List<PickleValue> items = stack;
    stack = marked.pop();
    return items;
  }

  private void push(PickleValue value) {
    stack.add(value);
  }

  private PickleValue pop() {
    PickleValue top = peek();
    stack.remove(stack.size() - 1);
    return top;
  }

  private PickleValue peek() {
    if (stack.isEmpty()) {
      throw input.damaged("its pickle takes a value that it never made", "a value");
    }
    return stack.get(stack.size() - 1);
  }

  private Sequence tuple(int length) {
    List<PickleValue> items = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      items.add(0, pop());
    }
    return new Sequence(items);
  }

  private void tupleSinceMark() {
    List<PickleValue> items = popMark(); // first, since it changes the stack that is pushed to
    push(new Sequence(items));
  }

  private Whole longNumber(int length) {
    byte[] bigEndian = new byte[length + 1]; // one more, since no bytes at all mean zero
    for (int i = length; i > 0; i--) {
      bigEndian[i] = pickle.get();
    }
    bigEndian[0] = (byte) (length > 0 && bigEndian[1] < 0 ? -1 : 0);
    return new Whole(new BigInteger(bigEndian));
  }

  /** Reads a float, the only big-endian number of a pickle. */
  private Real real() {
    return new Real(Double.longBitsToDouble(Long.reverseBytes(pickle.getLong())));
  }

  private Text text(long length) {
    return new Text(new String(taken(length), StandardCharsets.UTF_8));
  }

  /** Reads a name, which is ended by a newline. */
  private String line() {
    StringBuilder line = new StringBuilder();
    for (char next = (char) pickle.get(); next != '\n'; next = (char) pickle.get()) {
      if (line.length() == LONGEST_NAME) {
        throw forbidden("a name that begins with " + line);
      }
      line.append(next);
    }
    return line.toString();
  }

  private byte[] taken(long length) {
    if (length > pickle.remaining()) {
      throw input.damaged(
          "its pickle claims a string of " + length + " bytes", "at most " + pickle.remaining());
    }
    byte[] bytes = new byte[(int) length];
    pickle.get(bytes);
    return bytes;
  }

  private void append(List<PickleValue> items) {
    if (!(peek() instanceof Sequence list)) {
      throw input.damaged("its pickle appends to a " + kind(peek()), "a list");
    }
    list.items().addAll(items);
  }

  /** Adds entries to a dictionary, except numbered ones, which belong to optimisers. */
  private void set(List<PickleValue> keysAndValues) {
    if (!(peek() instanceof Dictionary dictionary) || keysAndValues.size() % 2 != 0) {
      throw input.damaged("its pickle sets an entry of a " + kind(peek()), "a dictionary's");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      if (keysAndValues.get(i) instanceof Text key
          && dictionary.entries().put(key.text(), keysAndValues.get(i + 1)) != null) {
        throw input.damaged("its pickle has two entries " + key.text(), "one");
      }
    }
  }

  private PickleValue remembered(int number) {
    PickleValue value = memo.get(number);
    if (value == null) {
      throw input.damaged("its pickle recalls value " + number + ", which it never kept", "one");
    }
    return value;
  }

  private void stackGlobal() {
    Arguments names = new Arguments("STACK_GLOBAL", tuple(2).items(), input);
    push(global(names.get(0, Text.class).text(), names.get(1, Text.class).text()));
  }

  private PickleValue global(String module, String name) {
    PickleValue value = ALLOWED.get(module + "." + name);
    if (value == null) {
      throw forbidden(module + "." + name);
    }
    return value;
  }

  private void reduce() {
    Sequence arguments = new Arguments("a call", List.of(pop()), input).get(0, Sequence.class);
    if (!(pop() instanceof Builder builder)) {
      throw forbidden("a call of something that is no function");
    }
    push(builder.build(new Arguments(builder.global(), arguments.items(), input)));
  }

  /** Discards the version numbers of modules that PyTorch attaches to a dictionary. */
  private void build() {
    if (!(pop() instanceof Dictionary) || !(peek() instanceof Dictionary)) {
      throw forbidden("BUILD on a " + kind(peek()));
    }
  }

  /**
   * Reads ("storage", type, key, device, length) and, in the legacy format, a view, which is None.
   */
  private Storage storage() {
    List<PickleValue> id =
        new Arguments("a persistent id", List.of(pop()), input).get(0, Sequence.class).items();
    Arguments parts = new Arguments("a persistent id", id, input).requireCount(5, 6);
    if (!parts.get(0, Text.class).text().equals("storage")) {
      throw forbidden("the persistent id " + parts.get(0, Text.class).text());
    }
    if (id.size() == 6 && id.get(5) != Constant.NONE) {
      throw forbidden("a storage that is a part of another, which PyTorch no longer writes");
    }
    Storage storage =
        new Storage(
            parts.get(1, StorageType.class), parts.get(2, Text.class).text(), parts.number(4));
    if (storage.length() < 0) {
      throw input.damaged(
          "storage " + storage.key() + " has " + storage.length() + " numbers", "at least 0");
    }
    Storage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw input.damaged("storage " + storage.key() + " is described twice, differently", "once");
    }
    return storage;
  }

  private static String kind(PickleValue value) {
    return value.getClass().getSimpleName();
  }

  private CheckpointException forbidden(String what) {
    return new CheckpointException(
        "the checkpoint "
            + input.file()
            + " asks for "
            + CheckpointInput.shown(what)
            + ", expected tensors, dictionaries, numbers and strings only, since a pickle that"
            + " names anything else can run code: save it again with torch.save(model.state_dict(),"
            + " path)");
  }
}
