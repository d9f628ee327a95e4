package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.PosteriorTensor.Use;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The {@link Panels} of all affine layers of a network. */
final class NetworkPanels {
  private static final long NEVER = -1;

  private final NetworkWeights weights;
  private final Workers workers;
  private final Map<NetworkLayer, Panels> byLayer = new IdentityHashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final Scratch[] scratch;

  /** The version and the draw that are packed. */
  private long version = NEVER;

  private NoiseKey key;

  /** One of a layer's tasks. */
  private record Part(Panels owner, int task) {}

  NetworkPanels(NetworkWeights weights, Workers workers) {
    this.weights = weights;
    this.workers = workers;
    weights
        .byLayer()
        .forEach(
            (layer, own) -> {
              Panels panels = new Panels(own);
              byLayer.put(layer, panels);
              for (int task = 0; task < panels.tasks(); task++) {
                parts.add(new Part(panels, task));
              }
            });
    this.scratch = new Scratch[workers.count()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch();
    }
  }

  Panels of(NetworkLayer layer) {
    return byLayer.get(layer);
  }

  /**
   * Reads or draws the weights of a sample and packs them, unless those of the same parameters, and
   * where they are drawn of the same draw, lie there already.
   */
  void prepare(NoiseKey key) {
    long now = weights.version();
    if (version == now && (!weights.draws() || this.key.sameDraw(key))) {
      return;
    }
    Use use = version == now ? Use.REUSE_SIGMA : Use.PASS;
    version = NEVER;
    workers.run(
        parts.size(),
        (index, worker) -> {
          Part part = parts.get(index);
          part.owner.prepare(part.task, key, use, scratch[worker]);
        });
    version = now;
    this.key = key;
    weights.forgetDraw(); // what was drawn for another layout is gone
  }
}
