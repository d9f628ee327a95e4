package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.vector.PosteriorTensor.Samples;
import io.github.posteriori.engine.vector.PosteriorTensor.Use;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of all affine layers of a network: read or drawn before a sample, and given their
 * gradients after it. The workers share out the parts of all layers together.
 */
final class NetworkWeights {
  private final Workers workers;
  private final Map<NetworkLayer, AffineWeights> byLayer = new IdentityHashMap<>();
  private final List<AffineWeights> layers = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Product> products = new ArrayList<>();
  private final Scratch[] scratch;
  private final boolean draws;

  /** One of a layer's tasks. */
  private record Part(AffineWeights owner, int task) {}

  /** One of the products over the batch that a map's gradient consists of. */
  private record Product(LinearWeights map, int task) {}

  NetworkWeights(Network network, Workers workers) {
    this.workers = workers;
    boolean anyDraws = false;
    for (NetworkLayer layer : network.layers()) {
      if (layer instanceof AffineLayer a) {
        AffineWeights w = new AffineWeights(a, LayerPlan.of(a, network.stages()));
        byLayer.put(layer, w);
        layers.add(w);
        anyDraws |= w.draws();
        for (int task = 0; task < w.tasks(); task++) {
          parts.add(new Part(w, task));
        }
        addProducts(w.mean());
        if (w.variance() != null) {
          addProducts(w.variance());
        }
      }
    }
    this.draws = anyDraws;
    this.scratch = new Scratch[workers.count()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch();
    }
  }

  private void addProducts(LinearWeights map) {
    for (int task = 0; task < map.products(); task++) {
      products.add(new Product(map, task));
    }
  }

  /** Each affine layer's. */
  Map<NetworkLayer, AffineWeights> byLayer() {
    return byLayer;
  }

  /** Whether posterior samples have weights of their own. */
  boolean draws() {
    return draws;
  }

  /** Reads or draws the weights of a sample. */
  void prepare(NoiseKey key, Use use) {
    workers.run(
        parts.size(),
        (index, worker) -> {
          Part part = parts.get(index);
          part.owner.prepare(part.task, key, use, scratch[worker]);
        });
  }

  /** KL(q || p), in nats, when all was prepared for {@link Use#GRADIENTS}. */
  double kl() {
    double sum = 0;
    for (int i = 0; i < layers.size(); i++) {
      sum += layers.get(i).kl();
    }
    return sum;
  }

  /** Makes room for what so many blocks leave, of so many samples in one step. */
  void reserve(Partition partition, int samples) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).reserve(partition);
      if (samples > 1) {
        layers.get(i).reserveSums();
      }
    }
  }

  /** Takes in what the blocks left of a sample, and after the last hands on the gradients. */
  void finish(int blocks, Samples which, double beta, GradientSink recipient) {
    workers.run(
        products.size(),
        (index, worker) -> {
          Product product = products.get(index);
          product.map.multiply(product.task, blocks, scratch[worker]);
        });
    workers.run(
        parts.size(),
        (index, worker) -> {
          Part part = parts.get(index);
          part.owner.finish(part.task, blocks, which, beta, recipient, scratch[worker]);
        });
  }
}
