package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Node;

/** Descriptions of a layer's input. */
final class Described {
  private Described() {}

  /** Describes the input of a layer by the field that it comes from. */
  static String input(Node node) {
    return node.source().isInput()
        ? "the network's input"
        : "the output of " + node.source().name();
  }
}
