package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.vector.kernel.Lanes;

/** Creates the passes of a session when they are first needed, and keeps them with their memory. */
final class BlockPasses {
  private final Network network;
  private final NetworkWeights weights;
  private final NeededGradients needed;
  private final Workers workers;
  private final Workers alone = new Workers(1);

  /** For each worker, its pass over a full and over a narrow block. */
  private final Ends[][] ofWorkers;

  private Ends whole;

  /**
   * A pass, and the arrays at its ends.
   *
   * @param images of each block, {@code [input, width]}
   * @param gradients by the logits of each block, {@code [output, width]}
   */
  record Ends(VectorPass pass, float[][] images, float[][] gradients) {}

  BlockPasses(Network network, NetworkWeights weights, NeededGradients needed, Workers workers) {
    this.network = network;
    this.weights = weights;
    this.needed = needed;
    this.workers = workers;
    this.ofWorkers = new Ends[workers.count()][2];
  }

  /** Returns the pass of one worker over a block of {@code width} lanes. */
  Ends of(int worker, int width) {
    int kind = width == Lanes.FULL ? 0 : 1;
    if (ofWorkers[worker][kind] == null) {
      ofWorkers[worker][kind] = create(new LaneBlock[] {new LaneBlock(width)}, alone);
    }
    return ofWorkers[worker][kind];
  }

  /** Returns the pass that takes all blocks of a batch, whose layers the workers share out. */
  Ends whole(Partition partition) {
    boolean fits = whole != null && whole.pass.blocks().length == partition.blocks();
    for (int b = 0; fits && b < partition.blocks(); b++) {
      fits = whole.pass.blocks()[b].width() == partition.width(b);
    }
    if (!fits) {
      LaneBlock[] blocks = new LaneBlock[partition.blocks()];
      for (int b = 0; b < blocks.length; b++) {
        blocks[b] = new LaneBlock(partition.width(b));
      }
      whole = create(blocks, workers);
    }
    return whole;
  }

  private Ends create(LaneBlock[] blocks, Workers workers) {
    float[][] images = new float[blocks.length][];
    float[][] gradients = new float[blocks.length][];
    for (int i = 0; i < blocks.length; i++) {
      images[i] = Lanes.array(network.input().size() * blocks[i].width());
      gradients[i] = Lanes.array(network.output().size() * blocks[i].width());
    }
    return new Ends(new VectorPass(blocks, weights.byLayer(), needed, workers), images, gradients);
  }
}
