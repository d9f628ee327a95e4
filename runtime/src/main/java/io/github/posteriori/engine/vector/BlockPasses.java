package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Chains;
import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ExampleNorm;
import io.github.posteriori.layers.NetworkLayer;
import java.util.Arrays;

/** Creates the passes of a session when they are first needed, and keeps them with their memory. */
final class BlockPasses {
  private final Network network;
  private final Chains chains;
  private final NetworkWeights weights;
  private final NeededGradients needed;
  private final Workers workers;
  private final Workers alone = new Workers(1);
  private final Workspaces[] workspaces;
  private final Kind training;
  private final Kind evaluation;

  /** The passes of training, or those outside it. */
  private final class Kind {
    private final boolean isTraining;
    private final boolean meets;

    /** For each worker, its pass over a full and over a narrow block. */
    private final Ends[][] ofWorkers = new Ends[workers.count()][2];

    private Ends whole;

    Kind(boolean isTraining) {
      this.isTraining = isTraining;
      this.meets =
          Operations.needWholeBatch(network.layers(), weights.byLayer(), needed, isTraining);
    }
  }

  /**
   * A pass, and the arrays at its ends.
   *
   * @param images of each block, {@code [input, width]}
   * @param gradients by the logits of each block, {@code [output, width]}
   */
  record Ends(VectorPass pass, float[][] images, float[][] gradients) {}

  BlockPasses(Network network, NetworkWeights weights, NeededGradients needed, Workers workers) {
    this.network = network;
    this.chains = new Chains(network);
    this.weights = weights;
    this.needed = needed;
    this.workers = workers;
    this.workspaces = new Workspaces[workers.count()];
    Arrays.setAll(workspaces, worker -> new Workspaces());
    this.training = new Kind(true);
    this.evaluation =
        network.layers().stream().anyMatch(BlockPasses::runsDifferentlyOutsideTraining)
            ? new Kind(false)
            : training;
  }

  private static boolean runsDifferentlyOutsideTraining(NetworkLayer layer) {
    return layer instanceof BatchNormLayer || layer instanceof ExampleNorm;
  }

  private Kind kind(Purpose purpose) {
    return purpose.isTraining() ? training : evaluation;
  }

  /** Whether the blocks of a batch have to meet. */
  boolean meet(Purpose purpose) {
    return kind(purpose).meets;
  }

  /** Returns the pass of one worker over a block of {@code width} lanes. */
  Ends of(int worker, int width, Purpose purpose) {
    Ends[] own = kind(purpose).ofWorkers[worker];
    int index = width == Lanes.FULL ? 0 : 1;
    if (own[index] == null) {
      own[index] =
          create(
              new LaneBlock[] {new LaneBlock(width)},
              purpose,
              alone,
              new Workspaces[] {workspaces[worker]});
    }
    return own[index];
  }

  /** Returns the pass that takes all blocks of a batch, whose layers the workers share out. */
  Ends whole(Partition partition, Purpose purpose) {
    Kind kind = kind(purpose);
    boolean fits = kind.whole != null && kind.whole.pass.blocks().length == partition.blocks();
    for (int b = 0; fits && b < partition.blocks(); b++) {
      fits = kind.whole.pass.blocks()[b].width() == partition.width(b);
    }
    if (!fits) {
      LaneBlock[] blocks = new LaneBlock[partition.blocks()];
      for (int b = 0; b < blocks.length; b++) {
        blocks[b] = new LaneBlock(partition.width(b));
      }
      kind.whole = null; // before memory is taken for the next one
      kind.whole = create(blocks, purpose, workers, workspaces);
    }
    return kind.whole;
  }

  private Ends create(
      LaneBlock[] blocks, Purpose purpose, Workers workers, Workspaces[] workspaces) {
    float[][] images = new float[blocks.length][];
    float[][] gradients = new float[blocks.length][];
    for (int i = 0; i < blocks.length; i++) {
      images[i] = Lanes.array(network.input().size() * blocks[i].width());
      gradients[i] = Lanes.array(network.output().size() * blocks[i].width());
    }
    Operations operations =
        new Operations(blocks, weights.byLayer(), needed, kind(purpose).isTraining);
    BlockTasks tasks = new BlockTasks(blocks, workers, workspaces);
    return new Ends(new VectorPass(blocks, chains, operations, needed, tasks), images, gradients);
  }
}
