package io.github.posteriori.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The equations of a layer that joins, forward beside backward; otherwise as an operation. */
interface Join {

  /** y = f(x_1, x_2, ...). */
  INDArray forward(List<INDArray> x);

  /** The gradient of the loss by one input, where {@code dy} is that by y. */
  INDArray backward(INDArray dy, int input);
}
