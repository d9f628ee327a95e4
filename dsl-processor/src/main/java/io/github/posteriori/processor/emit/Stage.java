package io.github.posteriori.processor.emit;

import io.github.posteriori.processor.emit.LayerKind.Role;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.spec.LayerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that an engine may run as one.
 *
 * @param nodes each takes the output of the one before, which nobody else takes
 */
record Stage(List<Node> nodes) {

  /**
   * Cuts a network: weights and joins start a stage, and activations and pools stay with what they
   * follow.
   */
  static List<Stage> of(Network network) {
    List<Stage> stages = new ArrayList<>();
    List<Node> chain = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (!chain.isEmpty() && !extend(chain, node, network)) {
        stages.add(new Stage(List.copyOf(chain)));
        chain.clear();
      }
      chain.add(node);
    }
    stages.add(new Stage(List.copyOf(chain)));
    return stages;
  }

  /** The layer that takes what goes into the stage. */
  Node first() {
    return nodes.get(0);
  }

  /** Whether it is another network rather than layers of this one. */
  boolean isBlock() {
    return first().within().isPresent();
  }

  /** Whether it takes several outputs. */
  boolean isJoin() {
    return first().layer() instanceof LayerSpec.Join;
  }

  /** The layer whose output is the stage's. */
  Node last() {
    return nodes.get(nodes.size() - 1);
  }

  private static boolean extend(List<Node> chain, Node node, Network network) {
    Node before = chain.get(chain.size() - 1);
    return LayerKind.of(node).role() == Role.FOLLOWS
        && LayerKind.of(before).role() != Role.ALONE
        && node.takes(before.name())
        && network.consumersOf(before.name()).size() == 1;
  }
}
