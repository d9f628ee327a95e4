package io.github.posteriori.layers;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One named tensor of a layer, as checkpoints store it.
 *
 * @param name the field's name and the tensor's, such as {@code conv1.W_mu}
 * @param value the numbers, row-major; changed in place by training and loading
 * @param gradient of the loss by {@code value}, same shape; written by a backward pass
 * @param trained false for running statistics, which no optimiser touches
 */
public record Parameter(String name, INDArray value, INDArray gradient, boolean trained) {

  /**
   * A tensor that the optimiser changes, for a {@link CustomLayer}.
   *
   * @param name the layer's name, a dot, and the tensor's own: {@code scale.factor}
   * @param start the numbers to start from; copied, as float
   */
  public static Parameter trained(String name, INDArray start) {
    INDArray value = start.castTo(DataType.FLOAT).dup('c');
    return new Parameter(name, value, value.like(), true);
  }

  /** A copy of the numbers as they are now, row-major. */
  public double[] numbers() {
    return value.dup('c').data().asDouble();
  }

  /** A tensor that the optimiser changes, starting from {@code start}. */
  public static Parameter trained(String name, float[] start, DataType type, long... shape) {
    INDArray value = Nd4j.create(start, shape, 'c').castTo(type);
    return new Parameter(name, value, value.like(), true);
  }

  /** A statistic that training keeps beside the weights. */
  public static Parameter statistic(String name, float[] start, DataType type, long... shape) {
    INDArray value = Nd4j.create(start, shape, 'c').castTo(type);
    return new Parameter(name, value, value.like(), false);
  }
}
