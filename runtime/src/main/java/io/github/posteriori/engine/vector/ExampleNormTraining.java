package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.Sums;
import io.github.posteriori.layers.ExampleNorm;
import io.github.posteriori.layers.Parameter;
import java.util.Arrays;

/**
 * Normalises each image by itself, in training. Blocks need each other only on the way back, where
 * the gradients by gamma and beta are summed in the order of the blocks.
 */
final class ExampleNormTraining implements WholeBatchOperation {
  private final ExampleNorm layer;
  private final ExampleStatistics[] statistics;
  private final float[][] y;
  private final float[][] dx;

  /** Of each block: a register of partial sums for each beta, and for each gamma. */
  private final float[][] byBeta;

  private final float[][] byGamma;
  private float[][] x;

  ExampleNormTraining(LaneBlock[] blocks, ExampleNorm layer) {
    this.layer = layer;
    this.statistics =
        Arrays.stream(blocks)
            .map(block -> new ExampleStatistics(layer, block.width()))
            .toArray(ExampleStatistics[]::new);
    this.y = arrays(blocks);
    this.dx = arrays(blocks);
    this.byBeta = new float[blocks.length][layer.shift().size() * Lanes.LENGTH];
    this.byGamma = new float[blocks.length][layer.scale().size() * Lanes.LENGTH];
  }

  private float[][] arrays(LaneBlock[] blocks) {
    return Arrays.stream(blocks)
        .map(block -> Lanes.array(layer.input().size() * block.width()))
        .toArray(float[][]::new);
  }

  @Override
  public void meet(float[][] x, AllGather shards) {
    this.x = x;
  }

  @Override
  public float[] forward(int block, float[] x) {
    statistics[block].forward(x, y[block]);
    return y[block];
  }

  @Override
  public void gatherBack(int block, float[] dy) {
    statistics[block].backward(dy, x[block], byBeta[block], byGamma[block], dx[block]);
  }

  @Override
  public void meetBack(float[][] dy, AllGather shards) {
    addGradient(layer.shift(), byBeta);
    addGradient(layer.scale(), byGamma);
  }

  private static void addGradient(Parameter parameter, float[][] parts) {
    if (!parameter.trained()) {
      return;
    }
    int count = parameter.size();
    float[] sum = new float[count];
    float[] ofBlock = new float[count];
    parameter.readGradient(0, count, sum, 0);
    for (float[] part : parts) {
      Sums.ofLanes(part, 0, count, ofBlock, 0);
      for (int i = 0; i < count; i++) {
        sum[i] += ofBlock[i];
      }
    }
    parameter.writeGradient(0, count, sum, 0);
  }

  @Override
  public float[] backward(int block, float[] dy) {
    return dx[block];
  }
}
