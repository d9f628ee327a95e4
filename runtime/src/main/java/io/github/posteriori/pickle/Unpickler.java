package io.github.posteriori.pickle;

import io.github.posteriori.pickle.PickleValue.Bytes;
import io.github.posteriori.pickle.PickleValue.Constant;
import io.github.posteriori.pickle.PickleValue.Dictionary;
import io.github.posteriori.pickle.PickleValue.Real;
import io.github.posteriori.pickle.PickleValue.Sequence;
import io.github.posteriori.pickle.PickleValue.Text;
import io.github.posteriori.pickle.PickleValue.Whole;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads pickles of the protocols 0 to 5. It may only create data; whatever else a pickle asks for
 * is rejected by name.
 *
 * <p>Every step takes constant time and memory besides the bytes it reads, there is no recursion,
 * and steps are counted, so the cost of a hostile pickle is bounded. Source of the instructions:
 * CPython's {@code pickletools.py}.
 */
public final class Unpickler {
  /** The largest number of steps accepted; a tensor of PyTorch takes about 40. */
  private static final int MOST_STEPS = 1_000_000;

  /** How often a pickle may copy its own bytes. */
  private static final int MOST_COPIES = 4;

  private static final int LATEST_PROTOCOL = 5;

  private final Vocabulary vocabulary;
  private final Map<Integer, PickleValue> memo = new HashMap<>();
  private final Stack stack = new Stack();
  private Names names;
  private Operands in;
  private Work work;
  private int steps;

  /** Creates a reader for one file, whose pickles together are bounded. */
  public Unpickler(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Reads one pickle from the position of {@code bytes}, which it moves to the pickle's end.
   *
   * @throws PickleException when it is damaged, or not of plain data and the vocabulary's values
   */
  public PickleValue read(ByteBuffer bytes) {
    in = new Operands(bytes);
    work = new Work((long) MOST_COPIES * bytes.remaining());
    names = new Names(vocabulary);
    memo.clear();
    stack.clear();
    try {
      while (true) {
        if (steps++ == MOST_STEPS) {
          throw PickleException.damaged(
              "its pickle goes on after " + MOST_STEPS + " steps", "an end");
        }
        int at = in.position();
        int code = in.u1();
        if (code == '.') {
          names.requireKnown();
          return stack.pop();
        }
        step(code, at);
      }
    } catch (BufferUnderflowException e) {
      throw PickleException.damaged("its pickle ends early", "a whole one");
    }
  }

  private void step(int code, int at) {
    switch (code) {
      case 0x80 -> protocol(in.u1()); // PROTO
      case 0x95 -> in.i8(); // FRAME: a hint for readers of streams
      case '(' -> stack.mark();
      case '0' -> stack.discard(); // POP
      case '1' -> stack.popMark(); // POP_MARK
      case '2' -> stack.push(stack.peek()); // DUP
      case ')', ']', 0x8f -> stack.push(tuple(0)); // EMPTY_TUPLE, EMPTY_LIST, EMPTY_SET
      case 0x85 -> stack.push(tuple(1)); // TUPLE1
      case 0x86 -> stack.push(tuple(2));
      case 0x87 -> stack.push(tuple(3));
      case 't', 'l', 0x91 -> groupSinceMark(); // TUPLE, LIST, FROZENSET
      case 'a' -> append(List.of(stack.pop())); // APPEND
      case 'e', 0x90 -> append(stack.popMark()); // APPENDS, ADDITEMS
      case '}' -> stack.push(new Dictionary()); // EMPTY_DICT
      case 'd' -> dictionarySinceMark(); // DICT
      case 's' -> set(tuple(2).items()); // SETITEM
      case 'u' -> set(stack.popMark()); // SETITEMS
      case 'p' -> memo.put(index(), stack.peek()); // PUT
      case 'q' -> memo.put(in.u1(), stack.peek()); // BINPUT
      case 'r' -> memo.put(in.i4(), stack.peek()); // LONG_BINPUT
      case 0x94 -> memo.put(memo.size(), stack.peek()); // MEMOIZE
      case 'g' -> stack.push(remembered(index())); // GET
      case 'h' -> stack.push(remembered(in.u1())); // BINGET
      case 'j' -> stack.push(remembered(in.i4())); // LONG_BINGET
      case 'c' -> stack.push(names.find(in.name(), in.name())); // GLOBAL
      case 0x93 -> stackGlobal();
      case 'R', 0x81 -> call(); // REDUCE, NEWOBJ
      case 0x92 -> callWithKeywords(); // NEWOBJ_EX
      case 'b' -> build();
      case 'Q' -> stack.push(vocabulary.persistent(parts("a persistent id"))); // BINPERSID
      case 'i' -> throw PickleException.forbidden(in.name() + "." + in.name()); // INST
      default -> stack.push(scalar(code, at));
    }
  }

  /** Returns the number or string that an instruction puts on the stack. */
  private PickleValue scalar(int code, int at) {
    return switch (code) {
      case 'N' -> Constant.NONE;
      case 0x88 -> Constant.TRUE; // NEWTRUE
      case 0x89 -> Constant.FALSE; // NEWFALSE
      case 'K' -> Whole.of(in.u1()); // BININT1
      case 'M' -> Whole.of(in.u2()); // BININT2
      case 'J' -> Whole.of(in.i4()); // BININT
      case 'I' -> integer(in.number()); // INT
      case 'L' -> new Whole(in.digits()); // LONG
      case 0x8a -> new Whole(in.integer(in.u1())); // LONG1
      case 0x8b -> new Whole(in.integer(in.i4())); // LONG4
      case 'G' -> new Real(in.f8()); // BINFLOAT
      case 'F' -> new Real(in.decimal()); // FLOAT
      case 0x8c -> new Text(in.utf8(in.u1())); // SHORT_BINUNICODE
      case 'X' -> new Text(in.utf8(in.u4())); // BINUNICODE
      case 0x8d -> new Text(in.utf8(in.i8())); // BINUNICODE8
      case 'V' -> new Text(Escapes.rawUnicode(in.line())); // UNICODE
      case 'C', 'U' -> new Bytes(in.bytes(in.u1())); // SHORT_BINBYTES, SHORT_BINSTRING
      case 'B' -> new Bytes(in.bytes(in.u4())); // BINBYTES
      case 'T' -> new Bytes(in.bytes(in.i4())); // BINSTRING
      case 0x8e, 0x96 -> new Bytes(in.bytes(in.i8())); // BINBYTES8, BYTEARRAY8
      case 'S' -> new Bytes(Escapes.quoted(in.line())); // STRING
      default ->
          throw PickleException.forbidden(
              String.format(Locale.ROOT, "instruction 0x%02x at byte %d of its pickle", code, at));
    };
  }

  private static void protocol(int version) {
    if (version > LATEST_PROTOCOL) {
      throw PickleException.damaged(
          "its pickle has the protocol " + version, "0 to " + LATEST_PROTOCOL);
    }
  }

  /** Protocols 0 and 1 write False and True as 00 and 01. */
  private static PickleValue integer(String line) {
    return switch (line) {
      case "00" -> Constant.FALSE;
      case "01" -> Constant.TRUE;
      default -> new Whole(Operands.digits(line));
    };
  }

  private int index() {
    BigInteger index = in.digits();
    if (index.signum() < 0 || index.bitLength() >= Integer.SIZE) {
      throw PickleException.damaged("its pickle keeps a value as " + index, "a number below 2^31");
    }
    return index.intValue();
  }

  private Sequence tuple(int length) {
    List<PickleValue> items = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      items.add(0, stack.pop());
    }
    return new Sequence(items);
  }

  private void groupSinceMark() {
    List<PickleValue> items = stack.popMark(); // first, since it changes what is pushed to
    stack.push(new Sequence(items));
  }

  private void dictionarySinceMark() {
    List<PickleValue> items = stack.popMark();
    stack.push(new Dictionary());
    set(items);
  }

  private void append(List<PickleValue> items) {
    if (!(stack.peek() instanceof Sequence list)) {
      throw PickleException.damaged("its pickle appends to " + stack.peek().kind(), "a list");
    }
    list.items().addAll(items);
  }

  private void set(List<PickleValue> keysAndValues) {
    if (!(stack.peek() instanceof Dictionary dictionary) || keysAndValues.size() % 2 != 0) {
      throw PickleException.damaged(
          "its pickle sets an entry of " + stack.peek().kind(), "a dictionary's");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      dictionary.set(keysAndValues.get(i), keysAndValues.get(i + 1));
    }
    if (!keysAndValues.isEmpty()) {
      names.filled(dictionary);
    }
  }

  private PickleValue remembered(int number) {
    PickleValue value = memo.get(number);
    if (value == null) {
      throw PickleException.damaged(
          "its pickle recalls value " + number + ", which it never kept", "one");
    }
    return value;
  }

  private void stackGlobal() {
    Arguments parts = new Arguments("STACK_GLOBAL", tuple(2).items(), work);
    stack.push(names.find(parts.text(0), parts.text(1)));
  }

  /** Takes a tuple from the stack. */
  private Arguments parts(String owner) {
    return Arguments.of(owner, stack.pop(), work);
  }

  private void call() {
    Arguments arguments = parts("a call");
    if (!(stack.pop() instanceof Global global)) {
      throw PickleException.forbidden("a call of something that is no function");
    }
    stack.push(names.call(global, new Arguments(global.python(), arguments.values(), work)));
  }

  private void callWithKeywords() {
    PickleValue keywords = stack.pop();
    if (!(keywords instanceof Dictionary none) || !none.entries().isEmpty()) {
      throw PickleException.forbidden("a call with keywords");
    }
    call();
  }

  /** Gives an object its state; that of a dictionary are attributes, such as modules' versions. */
  private void build() {
    PickleValue state = stack.pop();
    PickleValue object = stack.peek();
    names.requireBuildable(object, state);
    if (object instanceof NumpyArray array) {
      array.build(Arguments.of("the state of a NumPy array", state, work));
    } else if (object instanceof NumpyType type) {
      type.build(Arguments.of("the state of a NumPy type", state, work));
    } else if (!(object instanceof Dictionary && state instanceof Dictionary)) {
      throw PickleException.forbidden("BUILD on " + object.kind());
    }
  }
}
