package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.NetworkSpec;
import java.util.List;
import java.util.Optional;

/**
 * The graph of a network, with all that can be told of its shapes.
 *
 * @param spec as the user wrote it
 * @param input shape of one example
 * @param nodes in the order of the fields, which is an order of data flow
 * @param free the dimensions left open, in the order of declaration
 */
public record Network(NetworkSpec spec, Shape input, List<Node> nodes, List<FreeDimension> free) {

  /** The layers that take the output of {@code name}. */
  public List<Node> consumersOf(String name) {
    return nodes.stream().filter(node -> node.source().equals(Optional.of(name))).toList();
  }

  /** Whether {@code node} gives the logits. */
  public boolean isLast(Node node) {
    return node == nodes.get(nodes.size() - 1);
  }
}
