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
 * @param nodes the layers; each but the first is the only one to take the output of the layer
 *     before it
 */
record Stage(List<Node> nodes) {

  /**
   * Cuts a network into stages: weights and joins start a stage, and activations and pools join the
   * stage of the layer before them.
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

  /** Returns the layer that takes the inputs of the stage. */
  Node first() {
    return nodes.get(0);
  }

  /** Returns whether the stage is another network rather than layers of this one. */
  boolean isBlock() {
    return first().within().isPresent();
  }

  /** Returns whether the stage takes several outputs. */
  boolean isJoin() {
    return first().layer() instanceof LayerSpec.Join;
  }

  /** Returns the layer whose output is the stage's. */
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
