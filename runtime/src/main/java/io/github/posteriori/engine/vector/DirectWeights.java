package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.InputGradient;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;

/**
 * Holds weights that are multiplied as they are, at least on the way back.
 *
 * <p>Depending on the plan their gradient is computed block by block ({@link BlockGradient}, {@link
 * PooledBackward}) or over the batch ({@link BatchGemmGradient}).
 */
sealed class DirectWeights extends LinearWeights permits RowMapWeights {
  private final float[] tiled;
  private final BlockShares shares;
  private final BatchGemmGradient batchGemm;

  /** The gradient of a {@link BatchGemmGradient}: {@code [out, in, rows, columns]}. */
  private final float[] gradient;

  private final float[] patches;

  DirectWeights(LayerPlan plan, boolean areVariances) {
    super(plan, areVariances);
    Geometry geometry = plan.geometry();
    this.shares = new BlockShares(geometry.weights());
    boolean isRead = plan.forward() == Forward.DIRECT;
    this.tiled = new float[isRead ? outputs().size() * geometry.fanIn() * Lanes.ROWS : 0];
    this.patches =
        plan.inputGradient() == InputGradient.ARGMAX
            ? Lanes.array(
                geometry.output().channels()
                    * geometry.window().rows()
                    * PooledBackward.registers(geometry)
                    * Lanes.LENGTH)
            : null;
    this.batchGemm =
        plan.weightGradient() == WeightGradient.BATCH_GEMM ? new BatchGemmGradient(geometry) : null;
    this.gradient = batchGemm == null ? null : new float[geometry.weights()];
  }

  @Override
  LinearPass pass(LaneBlock block) {
    return new DirectPass(this, block);
  }

  /**
   * The packed weights: for each tile of outputs {@code [in / groups, rows, columns, ROWS]}; empty
   * where nothing reads them.
   */
  float[] tiled() {
    return tiled;
  }

  /**
   * The weights as {@link PooledBackward} reads them, {@code [out, rows, registers]}: for each row
   * of a filter's window all columns and, within these, channels. Null for other plans.
   */
  float[] patches() {
    return patches;
  }

  /** The gradient over the whole batch, or null where each block has its own. */
  BatchGemmGradient batchGemm() {
    return batchGemm;
  }

  @Override
  void set(Tile tile, float[] values, boolean forGradients, Scratch scratch) {
    int fanIn = geometry().fanIn();
    if (tiled.length > 0) {
      interleave(tile, values, 0, 1, fanIn, tiled, tile.index() * fanIn * Lanes.ROWS);
    }
    if (forGradients && patches != null) {
      setPatches(tile, values);
    }
  }

  private void setPatches(Tile tile, float[] values) {
    int channels = geometry().input().channels();
    int columns = geometry().window().columns();
    int run = PooledBackward.registers(geometry()) * Lanes.LENGTH;
    int from = 0;
    for (int o = tile.first(); o < tile.first() + tile.rows(); o++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int row = 0; row < geometry().window().rows(); row++) {
          int at = Lanes.LEAD + (o * geometry().window().rows() + row) * run + channel;
          for (int column = 0; column < columns; column++) {
            patches[at + column * channels] = values[from++];
          }
        }
      }
    }
  }

  @Override
  void reserve(Partition partition) {
    super.reserve(partition);
    if (batchGemm != null) {
      batchGemm.reserve(partition.blocks());
      return;
    }
    shares.reserve(partition.blocks());
  }

  /**
   * The gradient of block {@code index} of the batch: {@code [out, in / groups, rows, columns]}.
   */
  float[] share(int index) {
    return shares.of(index);
  }

  @Override
  int products() {
    return batchGemm == null ? 0 : batchGemm.tasks();
  }

  @Override
  void multiply(int task, int blocks, Scratch scratch) {
    batchGemm.run(task, blocks, gradient, scratch);
  }

  @Override
  void collect(Tile tile, int blocks, float[] target, Scratch scratch) {
    int from = tile.first() * geometry().fanIn();
    int count = tile.rows() * geometry().fanIn();
    if (batchGemm != null) {
      System.arraycopy(gradient, from, target, 0, count);
      return;
    }
    shares.collect(from, count, blocks, target);
  }
}
