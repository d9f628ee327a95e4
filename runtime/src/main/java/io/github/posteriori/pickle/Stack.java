package io.github.posteriori.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The stack of a pickle, which marks cut into groups. */
final class Stack {
  /** The groups below each mark; the one below the last mark is on top. */
  private final Deque<List<PickleValue>> marked = new ArrayDeque<>();

  private List<PickleValue> top = new ArrayList<>();

  void clear() {
    marked.clear();
    top.clear();
  }

  void mark() {
    marked.push(top);
    top = new ArrayList<>(0);
  }

  /** Takes the last mark and what lies above it. */
  List<PickleValue> popMark() {
    if (marked.isEmpty()) {
      throw PickleException.damaged("its pickle ends a group that it never began", "a beginning");
    }
    List<PickleValue> items = top;
    top = marked.pop();
    return items;
  }

  void push(PickleValue value) {
    top.add(value);
  }

  PickleValue pop() {
    PickleValue value = peek();
    top.remove(top.size() - 1);
    return value;
  }

  PickleValue peek() {
    if (top.isEmpty()) {
      throw PickleException.damaged("its pickle takes a value that it never made", "a value");
    }
    return top.get(top.size() - 1);
  }

  /** Takes the last value, or the last mark if nothing lies above it. */
  void discard() {
    if (top.isEmpty()) {
      popMark();
    } else {
      pop();
    }
  }
}
