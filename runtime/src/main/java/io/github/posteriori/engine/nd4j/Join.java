package io.github.posteriori.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The equations of a layer that joins several inputs, forward beside backward; see {@link
 * Operation}.
 */
interface Join {

  /** Returns y = f(x_1, x_2, ...). */
  INDArray forward(List<INDArray> x);

  /** Returns the gradient of the loss with respect to one input, given that with respect to y. */
  INDArray backward(INDArray dy, int input);
}
