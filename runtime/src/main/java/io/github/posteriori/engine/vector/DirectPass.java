package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.GemmKernel;
import io.github.posteriori.engine.vector.kernel.Lanes;

/**
 * Computes a linear map on one block with its weights as they are, by tables of offsets ({@link
 * ConvOffsets}).
 */
sealed class DirectPass extends LinearPass permits RowMapPass {
  /** Maximum floats of the output rows that are added to the weights' gradient together. */
  private static final int BAND = 1 << 15;

  private final DirectWeights weights;
  private final Geometry geometry;
  private final LaneBlock block;
  private final int width;
  private ConvOffsets forward;
  private ConvOffsets backward;
  private float[] x;
  private BlockGradient gradient;

  DirectPass(DirectWeights weights, LaneBlock block) {
    super(weights, block);
    this.weights = weights;
    this.geometry = weights.geometry();
    this.block = block;
    this.width = block.width();
  }

  @Override
  void forward(float[] x) {
    this.x = x;
    if (forward == null) {
      forward = geometry.forward(width);
    }
  }

  @Override
  int rowsTogether() {
    return geometry.output().height();
  }

  @Override
  void rows(int first, int count) {}

  @Override
  void row(Tile tile, int row, float[] y, int at, int rowStep) {
    int columns = geometry.output().width();
    int channels = tile.group() * geometry.inputsOfGroup() * geometry.inputPixels() * width;
    int w = tile.index() * geometry.fanIn() * Lanes.ROWS;
    for (int column = 0; column < columns; column++) {
      int pixel = row * columns + column;
      GemmKernel.run(
          width,
          tile.rows(),
          weights.bias(),
          tile.first() * LENGTH,
          LENGTH,
          0,
          weights.tiled(),
          w,
          1,
          forward.weights(pixel),
          x,
          LEAD + channels + forward.base(pixel),
          forward.sources(pixel),
          forward.sources(pixel).length,
          y,
          at + column * width,
          rowStep);
    }
  }

  @Override
  void inputGradient(float[] dy, float[] dx) {
    if (backward == null) {
      backward = geometry.backward(width);
    }
    int pixels = geometry.inputPixels();
    for (int i = 0; i < weights.inputs().size(); i++) {
      Tile tile = weights.inputs().get(i);
      int channels = tile.group() * geometry.outputsOfGroup() * geometry.outputPixels() * width;
      int w = firstWeight(tile);
      for (int pixel = 0; pixel < pixels; pixel++) {
        GemmKernel.run(
            width,
            tile.rows(),
            Lanes.ZEROS,
            0,
            0,
            0,
            weights.tiled(),
            w,
            geometry.taps() * Lanes.ROWS,
            backward.weights(pixel),
            dy,
            LEAD + channels + backward.base(pixel),
            backward.sources(pixel),
            backward.sources(pixel).length,
            dx,
            LEAD + (tile.first() * pixels + pixel) * width,
            pixels * width);
      }
    }
  }

  /** The offset of the weights between a tile of inputs and the outputs of its group. */
  private int firstWeight(Tile inputs) {
    int tilesOfGroup = weights.outputs().size() / geometry.groups();
    int channel = inputs.first() - inputs.group() * geometry.inputsOfGroup();
    return (inputs.group() * tilesOfGroup * geometry.fanIn() + channel * geometry.taps())
        * Lanes.ROWS;
  }

  @Override
  int bandRows() {
    if (weights.batchGemm() != null || weights.plan().weightGradient() == WeightGradient.WINOGRAD) {
      return geometry.output().height();
    }
    int row = geometry.output().channels() * geometry.output().width() * width;
    return Math.min(geometry.output().height(), Math.max(1, BAND / row));
  }

  @Override
  void startGradient(float[] x) {
    this.x = x;
    if (weights.batchGemm() != null) {
      return;
    }
    if (gradient == null) {
      gradient = BlockGradient.of(weights.plan(), block, weights.areVariances());
    }
    gradient.start(x);
  }

  @Override
  void addRows(float[] dy, int firstRow, int rows) {
    if (weights.batchGemm() != null) {
      weights.batchGemm().keep(block, x, dy);
    } else {
      gradient.addRows(dy, firstRow, rows);
    }
  }

  @Override
  void endGradient() {
    if (weights.batchGemm() == null) {
      gradient.end(weights.share(block.index()));
    }
  }
}
