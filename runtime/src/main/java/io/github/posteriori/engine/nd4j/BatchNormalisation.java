package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.sqrt;

import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.BatchMoments;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.layers.BatchNormLayer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167): over all images and pixels of a
 * channel,
 *
 * <pre>
 *   z = (x - mean) / sqrt(variance + 1e-5)
 *   y = gamma z + beta
 * </pre>
 *
 * with the statistics of the batch in training and the running ones outside.
 */
final class BatchNormalisation implements Operation {
  /** The variance, by the square of the mean, below which a rounded mean could be all of it. */
  private static final double ROUNDING = 1e-4;

  private final BatchNormLayer layer;
  private final Purpose purpose;
  private final ParameterArrays arrays;
  private final AllGather shards;
  private long[] perChannel;
  private int[] overChannel;
  private INDArray z;
  private INDArray inverseDeviation;

  /** Number of values of a channel in the whole batch. */
  private double observations;

  BatchNormalisation(
      BatchNormLayer layer, Purpose purpose, ParameterArrays arrays, AllGather shards) {
    this.layer = layer;
    this.purpose = purpose;
    this.arrays = arrays;
    this.shards = shards;
  }

  @Override
  public INDArray forward(INDArray x) {
    boolean image = x.rank() == 4;
    perChannel = image ? new long[] {1, x.size(1), 1, 1} : new long[] {1, x.size(1)};
    overChannel = image ? new int[] {0, 2, 3} : new int[] {0};
    INDArray mean = arrays.value(layer.runningMean());
    INDArray variance = arrays.value(layer.runningVariance());
    if (purpose.isTraining()) {
      mean = x.mean(overChannel);
      variance =
          x.sub(mean.reshape(perChannel)).muli(x.sub(mean.reshape(perChannel))).mean(overChannel);
      settle(x, mean, variance);
      double own = x.length() / x.size(1);
      BatchMoments batch =
          new BatchMoments(own, doubles(mean, 1), doubles(variance, own)).of(shards);
      observations = batch.observations();
      mean = array(batch.means(), 1, x.dataType());
      variance = array(batch.squares(), observations, x.dataType());
    }
    if (purpose.keepsActivations()) {
      keep(arrays.value(layer.runningMean()), mean);
      if (observations > 1) { // one observation has no unbiased variance
        keep(
            arrays.value(layer.runningVariance()), variance.mul(observations / (observations - 1)));
      }
    }
    inverseDeviation = sqrt(variance.add(BatchNormLayer.EPSILON), false).rdivi(1);
    z = x.sub(mean.reshape(perChannel)).muli(inverseDeviation.reshape(perChannel));
    return z.mul(arrays.value(layer.scale()).reshape(perChannel))
        .addi(arrays.value(layer.shift()).reshape(perChannel));
  }

  /**
   * Sets the statistics of channels whose values are all the same to that value and 0, as a sum of
   * floats may not: 1 / sqrt(1e-5) would make its rounding large.
   */
  private static void settle(INDArray x, INDArray mean, INDArray variance) {
    for (int c = 0; c < mean.length(); c++) {
      double square = mean.getDouble(c) * mean.getDouble(c);
      if (variance.getDouble(c) > 0 && variance.getDouble(c) <= ROUNDING * square) {
        INDArray channel = x.get(NDArrayIndex.all(), NDArrayIndex.interval(c, c + 1));
        double least = channel.minNumber().doubleValue();
        if (least == channel.maxNumber().doubleValue()) {
          mean.putScalar(c, least);
          variance.putScalar(c, 0);
        }
      }
    }
  }

  private static double[] doubles(INDArray numbers, double factor) {
    return Arrays.stream(numbers.toDoubleVector()).map(number -> number * factor).toArray();
  }

  private static INDArray array(double[] numbers, double divisor, DataType type) {
    double[] divided = Arrays.stream(numbers).map(number -> number / divisor).toArray();
    return Nd4j.createFromArray(divided).castTo(type);
  }

  private static void keep(INDArray running, INDArray batch) {
    running.muli(1 - BatchNormLayer.MOMENTUM).addi(batch.mul(BatchNormLayer.MOMENTUM));
  }

  /**
   * Adds d beta = sum dy and d gamma = sum dy z over the images of this shard; returns, with dz =
   * gamma dy and means over all shards, {@code dx = (dz - mean(dz) - z mean(dz z)) / sqrt(variance
   * + 1e-5)}.
   */
  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    arrays.gradient(layer.shift()).addi(dy.sum(overChannel));
    arrays.gradient(layer.scale()).addi(dy.mul(z).sum(overChannel));
    if (!wantsInput) {
      return null;
    }
    INDArray dz = dy.mul(arrays.value(layer.scale()).reshape(perChannel));
    INDArray meanDz = meanOverShards(dz).reshape(perChannel);
    INDArray meanDzZ = meanOverShards(dz.mul(z)).reshape(perChannel);
    return dz.subi(meanDz).subi(z.mul(meanDzZ)).muli(inverseDeviation.reshape(perChannel));
  }

  private INDArray meanOverShards(INDArray values) {
    double own = values.length() / values.size(1);
    double[] sums = shards.sum(doubles(values.mean(overChannel), own));
    return array(sums, observations, values.dataType());
  }
}
