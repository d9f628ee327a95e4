package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pooling: y is the largest or the mean value of each window; the gradient goes to the largest
 * value, or to all equally.
 */
final class Pooling implements Operation {
  private static final int NO_SAME_PADDING = 0;
  private static final int COUNT_PADDING = 1;
  private static final int CHANNELS_FIRST = 0;

  private final PoolLayer.Kind taken;
  private final Shape.Image output;
  private final int[] arguments;
  private INDArray x;

  Pooling(PoolLayer layer) {
    Window window = layer.window();
    this.taken = layer.taken();
    this.output = layer.output();
    this.arguments =
        new int[] {
          window.rows(),
          window.columns(),
          window.strideRows(),
          window.strideColumns(),
          window.paddingRows(),
          window.paddingColumns(),
          window.dilationRows(),
          window.dilationColumns(),
          NO_SAME_PADDING,
          COUNT_PADDING,
          CHANNELS_FIRST
        };
  }

  @Override
  public INDArray forward(INDArray x) {
    this.x = x;
    INDArray y =
        Nd4j.createUninitialized(
            x.dataType(), x.size(0), output.channels(), output.height(), output.width());
    Nd4j.exec(op("").addInputs(x).addOutputs(y).build());
    return y;
  }

  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    INDArray dx = x.like();
    Nd4j.exec(op("_bp").addInputs(x, dy).addOutputs(dx).build());
    return dx;
  }

  private DynamicCustomOp.DynamicCustomOpsBuilder op(String suffix) {
    String name = taken == PoolLayer.Kind.MAX ? "maxpool2d" : "avgpool2d";
    return DynamicCustomOp.builder(name + suffix).addIntegerArguments(arguments);
  }
}
