package io.github.posteriori.build;

import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The layers and stages of a network, or of a block in it, in the order of data flow. Those of a
 * block belong to everything around it, too, and are numbered across the whole network.
 */
final class Parts {
  private final Optional<Parts> outer;
  private final List<NetworkLayer> layers = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();

  private Parts(Optional<Parts> outer) {
    this.outer = outer;
  }

  static Parts ofNetwork() {
    return new Parts(Optional.empty());
  }

  Parts block() {
    return new Parts(Optional.of(this));
  }

  void add(NetworkLayer layer) {
    layers.add(layer);
    outer.ifPresent(around -> around.add(layer));
  }

  void add(Stage stage) {
    stages.add(stage);
    outer.ifPresent(around -> around.add(stage));
  }

  /** The layers, a view that grows with the network. */
  List<NetworkLayer> layers() {
    return Collections.unmodifiableList(layers);
  }

  /** The stages, a view that grows with the network. */
  List<Stage> stages() {
    return Collections.unmodifiableList(stages);
  }

  /** The parts of the whole network. */
  Parts whole() {
    return outer.map(Parts::whole).orElse(this);
  }
}
