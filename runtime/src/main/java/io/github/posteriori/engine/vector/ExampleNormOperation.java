package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ExampleNorm;

/** Normalises each image of a block by itself, outside training. */
final class ExampleNormOperation implements Operation {
  private final ExampleStatistics statistics;
  private final float[] y;

  ExampleNormOperation(LaneBlock block, ExampleNorm layer) {
    this.statistics = new ExampleStatistics(layer, block.width());
    this.y = Lanes.array(layer.input().size() * block.width());
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    statistics.forward(x, y);
  }

  @Override
  public float[] output(int index) {
    return y;
  }

  @Override
  public float[] backward(float[] dy, boolean wantsInput) {
    throw new IllegalStateException("found a gradient outside training, expected none");
  }
}
