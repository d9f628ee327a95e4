package io.github.posteriori.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Addition, y = x_1 + x_2 + ..., from the first to the last. */
final class Addition implements Join {

  @Override
  public INDArray forward(List<INDArray> x) {
    INDArray sum = x.get(0).add(x.get(1));
    x.subList(2, x.size()).forEach(sum::addi);
    return sum;
  }

  /** Returns dx_i = dy. */
  @Override
  public INDArray backward(INDArray dy, int input) {
    return dy;
  }
}
