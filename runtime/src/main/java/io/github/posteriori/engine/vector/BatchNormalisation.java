package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167), over all images and pixels of a
 * channel:
 *
 * <pre>
 *   z = (x - mean) / sqrt(variance + 1e-5)
 *   y = gamma z + beta
 * </pre>
 *
 * with the statistics of the batch in training and the running statistics otherwise. Channels run
 * in parallel, the blocks of a channel in their order.
 */
final class BatchNormalisation implements WholeBatchOperation {
  private final LaneBlock[] blocks;
  private final BatchNormLayer layer;
  private final Workers workers;
  private final int channels;
  private final int pixels;
  private final Parameter scale;
  private final Parameter shift;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private final float[] mean;
  private final float[] inverseDeviation;
  private final float[][] y;
  private final float[][] dx;
  private float[][] x;

  BatchNormalisation(LaneBlock[] blocks, BatchNormLayer layer, Workers workers) {
    this.blocks = blocks;
    this.layer = layer;
    this.workers = workers;
    this.channels =
        layer.input() instanceof Shape.Image image ? image.channels() : layer.input().size();
    this.pixels = layer.input().size() / channels;
    this.scale = layer.scale();
    this.shift = layer.shift();
    this.runningMean = layer.runningMean();
    this.runningVariance = layer.runningVariance();
    this.mean = new float[channels];
    this.inverseDeviation = new float[channels];
    this.y = arrays();
    this.dx = arrays();
  }

  private float[][] arrays() {
    return Arrays.stream(blocks)
        .map(block -> Lanes.array(channels * pixels * block.width()))
        .toArray(float[][]::new);
  }

  private static float get(Parameter tensor, int channel) {
    float[] one = new float[1];
    tensor.read(channel, 1, one, 0);
    return one[0];
  }

  private static void set(Parameter tensor, int channel, double value) {
    tensor.write(channel, 1, new float[] {(float) value}, 0);
  }

  @Override
  public float[][] forward(float[][] x) {
    this.x = x;
    workers.run(channels, (channel, worker) -> forward(channel));
    return y;
  }

  private void forward(int channel) {
    double batchMean = get(runningMean, channel);
    double variance = get(runningVariance, channel);
    if (blocks[0].purpose().isTraining()) {
      long observations = 0;
      for (LaneBlock block : blocks) {
        observations += (long) block.count() * pixels;
      }
      batchMean = sum(channel, x, 0, false) / observations;
      variance = sum(channel, x, batchMean, true) / observations;
      if (blocks[0].purpose().keepsActivations()) {
        keep(runningMean, channel, batchMean);
        if (observations > 1) { // one observation says nothing of a variance
          keep(runningVariance, channel, variance * observations / (observations - 1.0));
        }
      }
    }
    double inverse = 1 / Math.sqrt(variance + BatchNormLayer.EPSILON);
    mean[channel] = (float) batchMean;
    inverseDeviation[channel] = (float) inverse;
    // Values that are all the same, such as a single one, are exactly beta: that of an a x + b is
    // rounded, and 1 / sqrt(1e-5) makes the rounding large.
    double factor = variance == 0 ? 0 : get(scale, channel) * inverse;
    float a = (float) factor;
    float b = (float) (get(shift, channel) - batchMean * factor);
    for (int i = 0; i < blocks.length; i++) {
      int floats = pixels * blocks[i].width();
      int at = Lanes.LEAD + channel * floats;
      Elementwise.affine(x[i], at, a, b, y[i], at, floats);
      clearFreeLanes(blocks[i], y[i], at);
    }
  }

  /**
   * Zeroes the unused lanes: repeated normalisation would otherwise let them grow without bound.
   */
  private void clearFreeLanes(LaneBlock block, float[] y, int at) {
    for (int pixel = 0; pixel < pixels && block.count() < block.width(); pixel++) {
      int row = at + pixel * block.width();
      Arrays.fill(y, row + block.count(), row + block.width(), 0);
    }
  }

  private static void keep(Parameter running, int channel, double batch) {
    double before = get(running, channel);
    set(running, channel, before * (1 - BatchNormLayer.MOMENTUM) + batch * BatchNormLayer.MOMENTUM);
  }

  /** Sums a channel's deviations from a number, or their squares. */
  private double sum(int channel, float[][] of, double from, boolean squares) {
    double sum = 0;
    for (int i = 0; i < blocks.length; i++) {
      int width = blocks[i].width();
      for (int pixel = 0; pixel < pixels; pixel++) {
        int at = Lanes.LEAD + (channel * pixels + pixel) * width;
        for (int lane = 0; lane < blocks[i].count(); lane++) {
          double deviation = of[i][at + lane] - from;
          sum += squares ? deviation * deviation : deviation;
        }
      }
    }
    return sum;
  }

  /**
   * Adds d beta = sum dy and d gamma = sum dy z to the gradients; with dz = gamma dy returns {@code
   * dx = (dz - mean(dz) - z mean(dz z)) / sqrt(variance + 1e-5)}.
   */
  @Override
  public float[][] backward(float[][] dy) {
    workers.run(channels, (channel, worker) -> backward(channel, dy));
    return dx;
  }

  private void backward(int channel, float[][] dy) {
    double sum = 0;
    double sumZ = 0;
    long observations = 0;
    for (int i = 0; i < blocks.length; i++) {
      int width = blocks[i].width();
      observations += (long) blocks[i].count() * pixels;
      for (int pixel = 0; pixel < pixels; pixel++) {
        int at = Lanes.LEAD + (channel * pixels + pixel) * width;
        for (int lane = 0; lane < blocks[i].count(); lane++) {
          sum += dy[i][at + lane];
          sumZ += dy[i][at + lane] * z(i, channel, at + lane);
        }
      }
    }
    addGradient(shift, channel, sum);
    addGradient(scale, channel, sumZ);
    float factor = get(scale, channel) * inverseDeviation[channel];
    float meanDy = (float) (sum / observations);
    float meanDyZ = (float) (sumZ / observations);
    for (int i = 0; i < blocks.length; i++) {
      int width = blocks[i].width();
      for (int pixel = 0; pixel < pixels; pixel++) {
        int at = Lanes.LEAD + (channel * pixels + pixel) * width;
        for (int lane = 0; lane < blocks[i].count(); lane++) {
          int e = at + lane;
          dx[i][e] = factor * (dy[i][e] - meanDy - z(i, channel, e) * meanDyZ);
        }
        Arrays.fill(dx[i], at + blocks[i].count(), at + width, 0);
      }
    }
  }

  private float z(int block, int channel, int element) {
    return (x[block][element] - mean[channel]) * inverseDeviation[channel];
  }

  private static void addGradient(Parameter parameter, int channel, double more) {
    if (parameter.trained()) {
      float[] one = new float[1];
      parameter.readGradient(channel, 1, one, 0);
      one[0] += (float) more;
      parameter.writeGradient(channel, 1, one, 0);
    }
  }
}
