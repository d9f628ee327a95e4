package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.abs;
import static org.nd4j.linalg.ops.transforms.Transforms.exp;
import static org.nd4j.linalg.ops.transforms.Transforms.log;
import static org.nd4j.linalg.ops.transforms.Transforms.max;
import static org.nd4j.linalg.ops.transforms.Transforms.sigmoid;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softplus: {@code softplus(x) = ln(1 + exp(x)) = max(x, 0) + ln(1 + exp(-|x|))}.
 *
 * <p>The second form never overflows. ND4J's own op computes the first form, and its log1p loses
 * small arguments; with u = 1 + e rounded, {@code ln(1 + e) = ln(u) - ((u - 1) - e) / u} keeps
 * them.
 */
final class Softplus {
  private Softplus() {}

  static INDArray of(INDArray x) {
    INDArray e = exp(abs(x, true).negi(), false);
    INDArray u = e.add(1);
    INDArray rounding = u.sub(1).subi(e).divi(u);
    return log(u, false).subi(rounding).addi(max(x, 0, true));
  }

  /** Returns {@code d softplus(x) / dx = 1 / (1 + exp(-x))}. */
  static INDArray derivative(INDArray x) {
    return sigmoid(x, true);
  }
}
