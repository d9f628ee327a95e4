package io.github.posteriori.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Concatenation, y = [x_1, x_2, ...], along the channels or features. */
final class Concatenation implements Join {
  private static final int CHANNELS = 1;

  /** The start of each input in y, followed by the end of y. */
  private long[] starts;

  @Override
  public INDArray forward(List<INDArray> x) {
    starts = new long[x.size() + 1];
    for (int i = 0; i < x.size(); i++) {
      starts[i + 1] = starts[i] + x.get(i).size(CHANNELS);
    }
    return Nd4j.concat(CHANNELS, x.toArray(INDArray[]::new));
  }

  /** Returns dx_i, the part of dy where x_i lies in y. */
  @Override
  public INDArray backward(INDArray dy, int input) {
    return dy.get(NDArrayIndex.all(), NDArrayIndex.interval(starts[input], starts[input + 1]))
        .dup('c');
  }
}
