package io.github.posteriori.layers;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of a user's own, such as one factor for all elements, learnt with the weights:
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
 * <p>It has a constructor {@code (String name, Shape input)} that the generated module can see. The
 * names of its parameters are its own name, a dot, and a word. It is deterministic, so it adds
 * nothing to the KL divergence; it treats each example on its own; and it keeps nothing between
 * calls, which come from many threads.
 *
 * <p>Arrays are float, their first dimension counts the examples of the batch. Those that a method
 * is given are its own, to read or to change. None may be kept, given or made, once the method has
 * returned: their memory is used again.
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

  /** The shape of the input, unless overridden. */
  @Override
  default Shape output() {
    return input();
  }

  /**
   * y = f(x).
   *
   * @param x {@code [batch, input]}
   * @return {@code [batch, output]}
   */
  INDArray forward(INDArray x);

  /**
   * Adds the gradients of the loss by the layer's trained parameters to {@link
   * Parameter#gradient()}.
   *
   * @param x what {@link #forward} was given
   * @param y what it returned
   * @param dy gradient of the loss by y, of its shape
   * @return gradient of the loss by x, of its shape
   */
  INDArray backward(INDArray x, INDArray y, INDArray dy);

  /** The shape that a definition declares for the output of a layer that takes images. */
  @FunctionalInterface
  interface OfImage {
    /** The output for an image of these channels, and of this height and width in pixels. */
    Shape of(int channels, int height, int width);
  }

  /** The shape that a definition declares for the output of a layer that takes features. */
  @FunctionalInterface
  interface OfFeatures {
    /** The output for so many features. */
    Shape of(int features);
  }
}
