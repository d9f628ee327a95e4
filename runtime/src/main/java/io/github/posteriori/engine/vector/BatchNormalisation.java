package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.BatchMoments;
import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.MomentLoops;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.Parameter;
import java.util.Arrays;

/**
 * Batch normalisation in training (Ioffe and Szegedy 2015, arXiv 1502.03167), over all images and
 * pixels of a channel, and the activation behind it:
 *
 * <pre>
 *   z = (x - mean) / sqrt(variance + 1e-5)
 *   y = f(gamma z + beta)
 * </pre>
 *
 * Each block finds its own means and sums of squared deviations, which are merged in the order of
 * the blocks, and then with those of other shards; see {@link BatchMoments}.
 */
final class BatchNormalisation implements WholeBatchOperation {
  private final LaneBlock[] blocks;
  private final BatchNormLayer layer;

  /** Null where none comes next. */
  private final ActivationLayer activation;

  private final int channels;
  private final int pixels;
  private final Parameter scale;
  private final Parameter shift;

  private final ChannelMoments[] moments;

  /** Of each block and channel: its mean and sum of squared deviations; or the sums of dy. */
  private final double[][] first;

  private final double[][] second;
  private final float[][] parts;

  private final float[] mean;
  private final double[] inverseDeviation;
  private final float[] factor;
  private final float[] offset;
  private final float[] meanOfGradient;
  private final float[] slopeOfGradient;
  private final float[][] y;
  private final float[][] slope;
  private final int step;
  private final float[][] dx;
  private float[][] x;

  /** Number of values of a channel in the whole batch. */
  private double observations;

  /**
   * Creates the batch norm of some blocks.
   *
   * @param moments of each block, which the operation before may gather
   * @param activation behind it, or null
   * @param step in its chain, or {@link AffineOperation#LEAVES}
   */
  BatchNormalisation(
      LaneBlock[] blocks,
      ChannelMoments[] moments,
      BatchNormLayer layer,
      ActivationLayer activation,
      int step) {
    this.moments = moments;
    this.step = step;
    this.blocks = blocks;
    this.layer = layer;
    this.activation = activation;
    this.channels = FixedNormalisation.channels(layer);
    this.pixels = layer.input().size() / channels;
    this.scale = layer.scale();
    this.shift = layer.shift();
    this.first = new double[blocks.length][channels];
    this.second = new double[blocks.length][channels];
    this.parts = new float[blocks.length][2 * Lanes.FULL];
    this.mean = new float[channels];
    this.inverseDeviation = new double[channels];
    this.factor = new float[channels];
    this.offset = new float[channels];
    this.meanOfGradient = new float[channels];
    this.slopeOfGradient = new float[channels];
    this.y = arrays();
    this.slope =
        activation == null || !ActivationLoops.keepsSlope(activation.function()) ? null : arrays();
    this.dx = step == AffineOperation.LEAVES ? arrays() : new float[blocks.length][];
  }

  /** Creates the moments of each block. */
  static ChannelMoments[] moments(LaneBlock[] blocks, BatchNormLayer layer) {
    int channels = FixedNormalisation.channels(layer);
    return Arrays.stream(blocks)
        .map(block -> new ChannelMoments(block, channels, layer.input().size() / channels))
        .toArray(ChannelMoments[]::new);
  }

  private float[][] arrays() {
    return Arrays.stream(blocks)
        .map(block -> Lanes.array(channels * pixels * block.width()))
        .toArray(float[][]::new);
  }

  private int floats(int block) {
    return pixels * blocks[block].width();
  }

  @Override
  public void gather(int block, float[] x) {
    moments[block].complete(x);
    for (int channel = 0; channel < channels; channel++) {
      first[block][channel] = moments[block].mean(channel);
      second[block][channel] = moments[block].squaredDeviations(channel);
    }
    moments[block].clear();
  }

  @Override
  public void meet(float[][] x, AllGather shards) {
    this.x = x;
    BatchMoments batch = ownMoments().of(shards);
    observations = batch.observations();
    double n = observations;
    for (int channel = 0; channel < channels; channel++) {
      double batchMean = batch.means()[channel];
      double variance = batch.variance(channel);
      if (blocks[0].purpose().keepsActivations()) {
        keep(layer.runningMean(), channel, batchMean);
        if (n > 1) { // one observation says nothing of a variance
          keep(layer.runningVariance(), channel, variance * n / (n - 1));
        }
      }
      double inverse = 1 / Math.sqrt(variance + BatchNormLayer.EPSILON);
      // Values that are all the same, such as a single one, are exactly beta: that of an a x + b is
      // rounded, and 1 / sqrt(1e-5) makes the rounding large.
      double a = variance == 0 ? 0 : get(scale, channel) * inverse;
      mean[channel] = (float) batchMean;
      inverseDeviation[channel] = inverse;
      factor[channel] = (float) a;
      offset[channel] = (float) (get(shift, channel) - batchMean * a);
    }
  }

  /** Merges the moments of the blocks. */
  private BatchMoments ownMoments() {
    double[] means = new double[channels];
    double[] squares = new double[channels];
    double n = 0;
    for (int block = 0; block < blocks.length; block++) {
      double more = moments[block].observations();
      for (int channel = 0; channel < channels; channel++) {
        double distance = first[block][channel] - means[channel];
        means[channel] += distance * more / (n + more);
        squares[channel] += second[block][channel] + distance * distance * n * more / (n + more);
      }
      n += more;
    }
    return new BatchMoments(n, means, squares);
  }

  /** One number of a tensor. */
  private static float get(Parameter tensor, int channel) {
    float[] one = new float[1];
    tensor.read(channel, 1, one, 0);
    return one[0];
  }

  private static void keep(Parameter running, int channel, double batch) {
    double before = get(running, channel);
    double now = before * (1 - BatchNormLayer.MOMENTUM) + batch * BatchNormLayer.MOMENTUM;
    running.write(channel, 1, new float[] {(float) now}, 0);
  }

  @Override
  public float[] forward(int block, float[] x) {
    int floats = floats(block);
    for (int channel = 0; channel < channels; channel++) {
      FixedNormalisation.run(
          x,
          LEAD + channel * floats,
          factor[channel],
          offset[channel],
          activation,
          blocks[block],
          y[block],
          slope == null ? null : slope[block],
          LEAD + channel * floats,
          floats);
      clearFreeLanes(block, y[block], LEAD + channel * floats);
    }
    return y[block];
  }

  /**
   * Zeroes the unused lanes: repeated normalisation would otherwise let them grow without bound.
   */
  private void clearFreeLanes(int block, float[] y, int at) {
    int width = blocks[block].width();
    int count = blocks[block].count();
    for (int pixel = 0; pixel < pixels && count < width; pixel++) {
      Arrays.fill(y, at + pixel * width + count, at + (pixel + 1) * width, 0);
    }
  }

  @Override
  public void gatherBack(int block, float[] dy) {
    int floats = floats(block);
    if (step != AffineOperation.LEAVES) {
      dx[block] = blocks[block].gradient(step, channels * floats);
    }
    for (int channel = 0; channel < channels; channel++) {
      int at = LEAD + channel * floats;
      float[] dz = dy;
      if (activation != null) {
        dz = dx[block];
        float[] derivative = slope == null ? null : slope[block];
        ActivationLoops.back(activation.function(), dy, y[block], derivative, dz, at, floats);
      }
      MomentLoops.products(dz, at, x[block], at, floats, mean[channel], parts[block]);
      first[block][channel] = ChannelMoments.sum(blocks[block], parts[block], 0);
      second[block][channel] = ChannelMoments.sum(blocks[block], parts[block], Lanes.FULL);
    }
  }

  /**
   * Adds d beta = sum dy and d gamma = sum dy z over the images of this shard to the gradients. The
   * input's gradient takes the sums over all shards.
   */
  @Override
  public void meetBack(float[][] dy, AllGather shards) {
    double[] own = new double[2 * channels];
    for (int channel = 0; channel < channels; channel++) {
      for (int block = 0; block < blocks.length; block++) {
        own[channel] += first[block][channel];
        own[channels + channel] += second[block][channel] * inverseDeviation[channel];
      }
      addGradient(shift, channel, own[channel]);
      addGradient(scale, channel, own[channels + channel]);
    }
    double[] sums = shards.sum(own);
    double n = observations;
    for (int channel = 0; channel < channels; channel++) {
      double a = get(scale, channel) * inverseDeviation[channel];
      double sumZ = sums[channels + channel];
      factor[channel] = (float) a;
      meanOfGradient[channel] = (float) (sums[channel] / n);
      slopeOfGradient[channel] = (float) (-a * sumZ / n * inverseDeviation[channel]);
    }
  }

  private static void addGradient(Parameter parameter, int channel, double more) {
    if (parameter.trained()) {
      float[] one = new float[1];
      parameter.readGradient(channel, 1, one, 0);
      one[0] += (float) more;
      parameter.writeGradient(channel, 1, one, 0);
    }
  }

  /**
   * With dz = gamma dy, returns {@code dx = (dz - mean(dz) - z mean(dz z)) / sqrt(variance +
   * 1e-5)}.
   */
  @Override
  public float[] backward(int block, float[] dy) {
    int floats = floats(block);
    for (int channel = 0; channel < channels; channel++) {
      int at = LEAD + channel * floats;
      MomentLoops.combine(
          activation == null ? dy : dx[block],
          x[block],
          dx[block],
          at,
          floats,
          factor[channel],
          meanOfGradient[channel],
          slopeOfGradient[channel],
          mean[channel]);
      clearFreeLanes(block, dx[block], at);
    }
    return dx[block];
  }
}
