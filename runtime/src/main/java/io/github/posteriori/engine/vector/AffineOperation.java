package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.BatchNormLayer;

/**
 * Computes an affine layer and its {@link Epilogue}, forward and back. Depending on the estimator,
 *
 * <pre>
 *   LRT    m = op(x, mu) + mu_b,  v = op(x^2, sigma^2) + sigma_b^2 + 1e-16,  y = m + sqrt(v) eps
 *   BBB    y = op(x, mu + sigma eps) + b,  with b drawn likewise
 *   POINT  y = op(x, mu) + mu_b
 * </pre>
 *
 * (Kingma, Salimans and Welling 2015, arXiv 1506.02557; Blundell et al. 2015, arXiv 1505.05424);
 * then the max-pool, the batch norm outside training, and the activation behind it.
 */
final class AffineOperation implements Operation {
  /** The step whose gradient leaves the chain, and so has an array of its own. */
  static final int LEAVES = -1;

  private final LaneBlock block;
  private final AffineWeights weights;
  private final LinearPass mean;
  private final LinearPass variance;
  private final Epilogue epilogue;
  private final PooledBackward pooled;
  private final int step;
  private float[] x;
  private float[] dy;
  private float[] dv;

  /** The gradient by x, where it leaves the chain. */
  private float[] own;

  /**
   * Creates the operation of a layer on a block.
   *
   * @param norm the batch norm behind the layer outside training, or null
   * @param activation behind these, or null
   * @param moments of the outputs, to be gathered for the batch norm behind in training, or null
   * @param step in its chain, or {@link #LEAVES}
   */
  AffineOperation(
      LaneBlock block,
      AffineWeights weights,
      BatchNormLayer norm,
      ActivationLayer activation,
      ChannelMoments moments,
      int step) {
    this.block = block;
    this.weights = weights;
    this.step = step;
    this.mean = weights.mean().pass(block);
    this.variance = weights.variance() == null ? null : weights.variance().pass(block);
    this.epilogue = new Epilogue(block, weights, norm, activation, moments);
    this.pooled =
        weights.plan().weightGradient() == WeightGradient.ARGMAX
            ? new PooledBackward(block, weights)
            : null;
  }

  @Override
  public boolean draws() {
    return variance != null;
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    this.x = x;
    mean.forward(x);
    if (variance != null) {
      variance.forward(squares(x));
    }
    epilogue.forward(mean, variance, sample, samples);
  }

  @Override
  public float[] output(int index) {
    return epilogue.output(index);
  }

  /**
   * Leaves the gradients by the weights and returns that by the input. With dv = dy eps / (2
   * sqrt(v)):
   *
   * <pre>
   *   dW = op_W(x, dy)        d sigma^2 = op_W(x^2, dv)
   *   dx = op_x(W, dy) + 2 x op_x(sigma^2, dv)
   * </pre>
   */
  @Override
  public float[] backward(float[] gradient, boolean wantsInput) {
    OutputGradients gradients = epilogue.backward(gradient);
    if (weights.hasBias()) {
      mean.biasGradient(gradients.byMean(), gradients.windows());
      if (variance != null) {
        variance.biasGradient(gradients.byVariance(), gradients.windows());
      }
    }
    if (pooled != null) {
      return pooled.run(x, gradients, wantsInput);
    }
    int rows = weights.geometry().output().height();
    int band = wantsInput || !gradients.isPooled() ? rows : mean.bandRows();
    mean.startGradient(x);
    if (variance != null) {
      variance.startGradient(squares(x));
    }
    for (int row = 0; row < rows; row += band) {
      int count = Math.min(band, rows - row);
      scatter(gradients, row, count);
      mean.addRows(dy, row, count);
      if (variance != null) {
        variance.addRows(dv, row, count);
      }
    }
    mean.endGradient();
    if (variance != null) {
      variance.endGradient();
    }
    return wantsInput ? inputGradient() : null;
  }

  /** Sets dy and dv to the gradients by some rows of the linear maps' outputs. */
  private void scatter(OutputGradients gradients, int row, int rows) {
    if (!gradients.isPooled()) {
      dy = gradients.byMean();
      dv = gradients.byVariance();
      return;
    }
    var output = weights.geometry().output();
    int floats = output.channels() * rows * output.width() * block.width();
    dy = block.workspace(Workspace.GRADIENT, floats);
    dv = variance == null ? null : block.workspace(Workspace.VARIANCE_GRADIENT, floats);
    gradients.scatter(row, rows, dy, dv);
  }

  private float[] inputGradient() {
    if (step == LEAVES && own == null) {
      own = Lanes.array(inputFloats());
    }
    float[] dx = step == LEAVES ? own : block.gradient(step, inputFloats());
    mean.inputGradient(dy, dx);
    if (variance != null) {
      variance.addInputGradient(dv, x, dx);
    }
    return dx;
  }

  private float[] squares(float[] x) {
    if (variance.squares()) {
      return x;
    }
    float[] squares = block.workspace(Workspace.SQUARES, inputFloats());
    Elementwise.square(x, LEAD, squares, LEAD, inputFloats());
    return squares;
  }

  private int inputFloats() {
    return weights.geometry().input().size() * block.width();
  }
}
