package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Custom layer, y = f(x). The layer may change its arguments, so it gets copies of x, which the
 * operation before it keeps, and of dy, which may flow elsewhere, too. When it runs backward, all
 * layers that took y have done so.
 */
public final class UserOperation implements Operation {
  private final CustomLayer layer;
  private INDArray x;
  private INDArray y;

  /** Creates the operation of one pass over a batch. */
  public UserOperation(CustomLayer layer) {
    this.layer = layer;
  }

  @Override
  public INDArray forward(INDArray x) {
    this.x = x;
    requireShape("is given", layer.input(), x);
    y = inPrecision(layer.forward(x.dup('c')), "gives", layer.output());
    return y;
  }

  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    INDArray dx = layer.backward(x.dup('c'), y, dy.dup('c'));
    return inPrecision(dx, "hands back the gradient", layer.input());
  }

  /** Converts an array returned by the layer to the network's precision. */
  private INDArray inPrecision(INDArray returned, String what, Shape expected) {
    requireShape(what, expected, returned);
    return returned.castTo(x.dataType());
  }

  private void requireShape(String what, Shape shape, INDArray found) {
    long[] expected = shape.batch(x.size(0));
    if (found == null || !Arrays.equals(expected, found.shape())) {
      throw new IllegalStateException(
          layer.name()
              + " is a "
              + layer.getClass().getSimpleName()
              + " that "
              + what
              + " "
              + (found == null ? "null" : Arrays.toString(found.shape()))
              + ", expected "
              + Arrays.toString(expected)
              + ": correct the class");
    }
  }
}
