package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The graph of a network with its inferred shapes.
 *
 * @param spec as the user wrote it
 * @param input shape of one example
 * @param nodes the layers in the order of the fields, which is an order of data flow
 * @param free the free dimensions, in the order of declaration
 */
public record Network(NetworkSpec spec, Shape input, List<Node> nodes, List<FreeDimension> free) {

  /** Returns the layers that take the output of {@code name}. */
  public List<Node> consumersOf(String name) {
    return nodes.stream().filter(node -> node.takes(name)).toList();
  }

  /** Passes the layers of one kind, each with its node, to {@code action}. */
  public <L extends LayerSpec> void forEach(Class<L> kind, BiConsumer<L, Node> action) {
    for (Node node : nodes) {
      if (kind.isInstance(node.layer())) {
        action.accept(kind.cast(node.layer()), node);
      }
    }
  }

  /** Returns the cost of all layers. */
  public Cost cost() {
    return nodes.stream().map(Node::cost).reduce(Cost.NONE, Cost::plus);
  }

  /** Returns the layer of this name. */
  public Node node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  /** The layer that gives the logits. */
  public Node last() {
    return nodes.get(nodes.size() - 1);
  }

  /** Returns whether {@code node} takes the output of the layer declared before it, the default. */
  public boolean takesTheOneBefore(Node node) {
    int index = nodes.indexOf(node);
    return node.takes(index == 0 ? BayesModel.INPUT : nodes.get(index - 1).name());
  }

  /** Returns whether {@code node} gives the logits. */
  public boolean isLast(Node node) {
    return node == last();
  }

  /** Returns the free outputs of layers, which a block must state. */
  public List<FreeDimension> freeOutputs() {
    return free.stream().filter(dimension -> !dimension.ofInput()).toList();
  }

  /** Returns all layers, with each block replaced by its layers. */
  public Stream<LayerSpec> flatLayers() {
    return nodes.stream()
        .flatMap(
            node ->
                node.within()
                    .map(within -> within.network().flatLayers())
                    .orElseGet(() -> Stream.of(node.layer())));
  }

  /** Returns whether a layer, also of a block, has Gaussian weights. */
  public boolean isBayesian() {
    return flatLayers()
        .anyMatch(layer -> layer instanceof LayerSpec.Affine affine && affine.bayes().isPresent());
  }

  /** Returns whether every shape is known; otherwise there is a fault, here or in a block. */
  public boolean isComplete() {
    return nodes.stream().noneMatch(node -> node.output() instanceof Shape.Unknown);
  }
}
