package io.github.posteriori.layers;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer written by a user, such as one factor for all elements, learnt with the weights:
 *
 * <pre>{@code
 * public record Scale(String name, Shape input, Parameter factor) implements CustomLayer {
 *   public Scale(String name, Shape input) {
 *     this(name, input, Parameter.trained(name + ".factor", Nd4j.ones(1)));
 *   }
 *
 *   public List<Parameter> parameters() {
 *     return List.of(factor);
 *   }
 *
 *   public INDArray forward(INDArray x) {
 *     return x.mul(factor.value().getFloat(0));
 *   }
 *
 *   public INDArray backward(INDArray x, INDArray y, INDArray dy) {
 *     factor.gradient().addi(dy.mul(x).sumNumber());
 *     return dy.mul(factor.value().getFloat(0));
 *   }
 * }
 * }</pre>
 *
 * <p>A custom layer has a constructor {@code (String name, Shape input)} that the generated module
 * can access. Its parameters are named by its own name, a dot, and a word. It is deterministic, so
 * it adds nothing to the KL divergence; it treats each example independently; and it keeps no state
 * between calls, which come from many threads.
 *
 * <p>Arrays are float, and their first dimension counts the examples of the batch. A method may
 * change its arguments. It must not keep any array, argument or result, after it has returned,
 * because the memory is reused. Arrays that its constructor makes are its own.
 */
public interface CustomLayer extends NetworkLayer {

  @Override
  default <R> R match(LayerCases<R> cases) {
    return cases.custom(this);
  }

  @Override
  default String kind() {
    return getClass().getSimpleName();
  }

  /** The shape of one output example; by default that of the input. */
  @Override
  default Shape output() {
    return input();
  }

  /**
   * Computes y = f(x).
   *
   * @param x {@code [batch, input]}
   * @return {@code [batch, output]}
   */
  INDArray forward(INDArray x);

  /**
   * Adds the gradients of the loss with respect to the layer's trained parameters to {@link
   * Parameter#gradient()}.
   *
   * @param x the argument of {@link #forward}
   * @param y the result of {@link #forward}
   * @param dy gradient of the loss with respect to y, of its shape
   * @return gradient of the loss with respect to x, of its shape
   */
  INDArray backward(INDArray x, INDArray y, INDArray dy);

  /** The shape that a definition declares for the output of a layer that takes images. */
  @FunctionalInterface
  interface OfImage {
    /**
     * Returns the output for an image of these channels, and of this height and width in pixels.
     */
    Shape of(int channels, int height, int width);
  }

  /** The shape that a definition declares for the output of a layer that takes features. */
  @FunctionalInterface
  interface OfFeatures {
    /** Returns the output for this number of features. */
    Shape of(int features);
  }
}
