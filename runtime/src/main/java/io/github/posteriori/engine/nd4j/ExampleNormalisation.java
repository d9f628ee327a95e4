package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.sqrt;

import io.github.posteriori.layers.ExampleNorm;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layer normalisation (Ba et al. 2016, arXiv 1607.06450) and group normalisation (Wu and He 2018,
 * arXiv 1803.08494): over the numbers of each group of each example,
 *
 * <pre>
 *   z = (x - mean) / sqrt(variance + 1e-5)
 *   y = gamma z + beta
 * </pre>
 */
final class ExampleNormalisation implements Operation {
  private final ExampleNorm layer;
  private final ParameterArrays arrays;
  private INDArray z;
  private INDArray inverseDeviation;

  ExampleNormalisation(ExampleNorm layer, ParameterArrays arrays) {
    this.layer = layer;
    this.arrays = arrays;
  }

  /** {@code [batch, groups, numbers]} */
  private INDArray grouped(INDArray x) {
    return x.reshape('c', x.size(0), layer.groups(), layer.groupSize());
  }

  /** {@code [batch, scales, numbers]} */
  private INDArray scaled(INDArray x) {
    return x.reshape('c', x.size(0), layer.scale().size(), layer.run());
  }

  /** {@code [1, scales, 1]} */
  private static INDArray perScale(INDArray parameter) {
    return parameter.reshape('c', 1, parameter.length(), 1);
  }

  private INDArray mean(INDArray groups) {
    return groups.mean(2).reshape('c', groups.size(0), groups.size(1), 1);
  }

  @Override
  public INDArray forward(INDArray x) {
    INDArray groups = grouped(x);
    INDArray deviations = groups.sub(mean(groups));
    INDArray variance = mean(deviations.mul(deviations));
    inverseDeviation = sqrt(variance.addi(ExampleNorm.EPSILON), false).rdivi(1);
    z = deviations.muli(inverseDeviation);
    return scaled(z)
        .mul(perScale(arrays.value(layer.scale())))
        .addi(perScale(arrays.value(layer.shift())))
        .reshape('c', x.shape());
  }

  /**
   * Adds d beta = sum dy and d gamma = sum dy z; returns, with dz = gamma dy, {@code dx = (dz -
   * mean(dz) - z mean(dz z)) / sqrt(variance + 1e-5)}.
   */
  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    INDArray gradient = scaled(dy);
    INDArray shift = arrays.gradient(layer.shift());
    shift.addi(gradient.sum(0, 2).reshape('c', shift.shape()));
    INDArray scale = arrays.gradient(layer.scale());
    scale.addi(gradient.mul(scaled(z)).sum(0, 2).reshape('c', scale.shape()));
    if (!wantsInput) {
      return null;
    }
    INDArray dz = grouped(gradient.mul(perScale(arrays.value(layer.scale()))));
    INDArray meanDz = mean(dz);
    INDArray meanDzZ = mean(dz.mul(z));
    return dz.subi(meanDz).subi(z.mul(meanDzZ)).muli(inverseDeviation).reshape('c', dy.shape());
  }
}
