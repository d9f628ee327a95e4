package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.abs;
import static org.nd4j.linalg.ops.transforms.Transforms.exp;
import static org.nd4j.linalg.ops.transforms.Transforms.max;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code softplus(x) = ln(1 + exp(x)) = max(x, 0) + ln(1 + exp(-|x|))}.
 *
 * <p>The second form never overflows and keeps small values; ND4J's own op computes the first.
 */
final class Softplus {
  private Softplus() {}

  static INDArray of(INDArray x) {
    INDArray tail = Nd4j.exec(new Log1p(exp(abs(x, true).negi(), false), null));
    return tail.addi(max(x, 0, true));
  }

  /** {@code d softplus(x) / dx = 1 / (1 + exp(-x))}. */
  static INDArray derivative(INDArray x) {
    return Transforms.sigmoid(x, true);
  }
}
