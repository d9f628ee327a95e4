package io.github.posteriori;

import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer of a user's own: y = factor x. It changes the arrays that it is given, as it may.
 *
 * @param factor one number
 */
public record Scale(String name, Shape input, Parameter factor) implements CustomLayer {
  public Scale(String name, Shape input) {
    this(name, input, Parameter.trained(name + ".factor", Nd4j.ones(1).muli(1.5)));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(factor);
  }

  @Override
  public INDArray forward(INDArray x) {
    return x.muli(factor.value().getDouble(0));
  }

  @Override
  public INDArray backward(INDArray x, INDArray y, INDArray dy) {
    factor.gradient().addi(x.muli(dy).sumNumber());
    y.assign(Float.NaN);
    return dy.muli(factor.value().getDouble(0));
  }
}
