package io.github.posteriori.engine;

import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stages of a network, joined to chains: a stage that alone takes another one's output, and
 * nothing else, continues it. Layers can be fused wherever they follow each other in a chain, even
 * where a network is declared as blocks, each of whose layers is a stage.
 */
public final class Chains {
  private final List<Stage> stages = new ArrayList<>();

  /** The chain that each stage begins. */
  private final Map<Integer, Stage> byFirst = new HashMap<>();

  /** The first stage of the chain that each stage ends. */
  private final Map<Integer, Integer> firstByLast = new HashMap<>();

  /** Joins the stages of a network. */
  public Chains(Network network) {
    Set<Integer> taken = new HashSet<>();
    for (Stage stage : network.stages()) {
      if (taken.contains(stage.index())) {
        continue;
      }
      List<NetworkLayer> layers = new ArrayList<>();
      Stage last = stage;
      for (Stage next = stage; next != null; next = follower(next, network)) {
        layers.addAll(next.layers());
        taken.add(next.index());
        last = next;
      }
      Stage chain = new Stage(stage.index(), stage.inputs(), layers);
      stages.add(chain);
      byFirst.put(stage.index(), chain);
      firstByLast.put(last.index(), stage.index());
    }
  }

  /** Returns the stage that continues another one's chain, or null. */
  private static Stage follower(Stage stage, Network network) {
    List<Stage> takers = network.takers(stage);
    boolean isAlone = takers.size() == 1 && !(takers.get(0).first() instanceof JoinLayer);
    return isAlone ? takers.get(0) : null;
  }

  /** The chains, each as one stage. */
  public List<Stage> stages() {
    return stages;
  }

  /** Returns the chain that a stage begins, or null where it continues one. */
  public Stage begunBy(Stage stage) {
    return byFirst.get(stage.index());
  }

  /** Returns the chain that a stage ends, or null where another stage continues it. */
  public Stage endedBy(Stage stage) {
    Integer first = firstByLast.get(stage.index());
    return first == null ? null : byFirst.get(first);
  }
}
