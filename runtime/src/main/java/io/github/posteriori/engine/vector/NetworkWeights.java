package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Chains;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
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
  private static final long NEVER = -1;

  private final Workers workers;
  private final Map<NetworkLayer, AffineWeights> byLayer = new IdentityHashMap<>();
  private final List<AffineWeights> layers = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Product> products = new ArrayList<>();
  private final Scratch[] scratch;
  private final boolean draws;
  private final boolean estimates;

  /** What the kernels find. */
  private Layout laidOut = Layout.NONE;

  /** The version whose deviations the tensors keep. */
  private long sigmaVersion = NEVER;

  /** The version whose KL divergence the layers keep. */
  private long klVersion = NEVER;

  /** The draw at which it was estimated, where it is. */
  private NoiseKey klKey = NoiseKey.ofWeightsAlone();

  /**
   * Weights as they were laid out.
   *
   * @param version of the parameters
   * @param use what for
   * @param key of the draw, where weights are drawn
   */
  private record Layout(long version, Use use, NoiseKey key) {
    static final Layout NONE = new Layout(NEVER, Use.PASS, NoiseKey.evaluation(0, 0));

    /** Gradients need all that a pass needs. */
    boolean serves(long version, Use use) {
      return this.version == version && (this.use == use || this.use == Use.GRADIENTS);
    }
  }

  /** One of a layer's tasks. */
  private record Part(AffineWeights owner, int task) {}

  /** One of the products over the batch that a map's gradient consists of. */
  private record Product(LinearWeights map, int task) {}

  NetworkWeights(Network network, Workers workers, int width, Planner planner) {
    this.workers = workers;
    List<Stage> stages = new Chains(network).stages();
    boolean anyDraws = false;
    boolean anyEstimates = false;
    for (NetworkLayer layer : network.layers()) {
      if (layer instanceof AffineLayer a) {
        AffineWeights w = new AffineWeights(a, planner.plan(a, stages, width));
        byLayer.put(layer, w);
        layers.add(w);
        anyDraws |= w.draws();
        anyEstimates |= w.isEstimated();
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
    this.estimates = anyEstimates;
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

  /** Tells that somebody else drew weights from the same tensors. */
  void forgetDraw() {
    if (draws) {
      laidOut = Layout.NONE;
    }
  }

  /**
   * Reads or draws the weights of a sample and lays them out, unless they lie there already: for
   * the same use, of parameters that have not changed since, and where they are drawn of the same
   * draw.
   */
  void prepare(NoiseKey key, Use use) {
    long now = version();
    boolean isDrawn = draws || estimates && use.hasDivergence();
    if (laidOut.serves(now, use) && (!isDrawn || laidOut.key.sameDraw(key))) {
      return;
    }
    laidOut = Layout.NONE;
    run(key, use == Use.PASS && sigmaVersion == now ? Use.REUSE_SIGMA : use);
    if (use == Use.PASS) {
      sigmaVersion = now;
    } else {
      klVersion = now;
      klKey = key;
    }
    laidOut = new Layout(now, use, key);
  }

  /** Sums up the versions of the parameters, which tells whether one of them has changed. */
  long version() {
    long sum = 0;
    for (int i = 0; i < layers.size(); i++) {
      sum += layers.get(i).version();
    }
    return sum;
  }

  private void run(NoiseKey key, Use use) {
    workers.run(
        parts.size(),
        (index, worker) -> {
          Part part = parts.get(index);
          part.owner.prepare(part.task, key, use, scratch[worker]);
        });
  }

  /** KL(q || p), in nats, worked out anew only where the parameters have changed. */
  double kl() {
    long now = version();
    NoiseKey key = NoiseKey.ofWeightsAlone();
    if (klVersion != now || estimates && !klKey.sameDraw(key)) {
      klVersion = NEVER;
      run(key, Use.DIVERGENCE);
      klVersion = now;
      klKey = key;
      if (estimates) {
        laidOut = Layout.NONE; // its noise was drawn over
      }
    }
    return preparedKl();
  }

  /** KL(q || p), in nats, where all was prepared for gradients: at the weights drawn for these. */
  double preparedKl() {
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
  void finish(int blocks, Samples which, GradientSink sink) {
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
          part.owner.finish(part.task, blocks, which, sink, scratch[worker]);
        });
  }
}
