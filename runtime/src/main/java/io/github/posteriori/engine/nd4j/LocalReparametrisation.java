package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.sqrt;

import io.github.posteriori.layers.AffineLayer;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The local reparametrisation trick (Kingma, Salimans and Welling 2015, arXiv 1506.02557): the
 * output of Gaussian weights is itself Gaussian, so each output is drawn on its own,
 *
 * <pre>
 *   m = op(x, mu) + mu_b
 *   v = op(x^2, sigma^2) + sigma_b^2 + 1e-16
 *   y = m + sqrt(v) eps,   eps ~ N(0, 1) for each output
 * </pre>
 */
final class LocalReparametrisation implements Operation {
  private final LinearMap op;
  private final GaussianSample weight;
  private final Optional<GaussianSample> bias;
  private final LayerNoise noise;
  private INDArray x;
  private INDArray deviation;
  private INDArray eps;

  LocalReparametrisation(
      AffineLayer layer, LinearMap op, LayerNoise noise, ParameterArrays arrays) {
    this.op = op;
    this.weight = new GaussianSample(layer.weight().posterior().orElseThrow(), arrays);
    this.bias = layer.bias().map(b -> new GaussianSample(b.posterior().orElseThrow(), arrays));
    this.noise = noise;
  }

  @Override
  public INDArray forward(INDArray x) {
    this.x = x;
    INDArray mean = op.apply(x, weight.mu(), bias.map(GaussianSample::mu).orElse(null));
    INDArray variance =
        op.apply(square(x), square(weight.sigma()), bias.map(b -> square(b.sigma())).orElse(null));
    deviation = sqrt(variance.addi(AffineLayer.LEAST_VARIANCE), false);
    eps = noise.normal(mean);
    return mean.addi(deviation.mul(eps));
  }

  /**
   * Adds d mu and d sigma and returns dx; with dv = dy eps / (2 sqrt(v)),
   *
   * <pre>
   *   d mu = op_W(x, dy)      d sigma = 2 sigma op_W(x^2, dv)
   *   dx = op_x(mu, dy) + 2 x op_x(sigma^2, dv)
   * </pre>
   */
  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    INDArray dv = eps.divi(deviation).muli(dy).muli(0.5);
    LinearMap.Gradients byMean = op.gradients(x, weight.mu(), dy, wantsInput, bias.isPresent());
    LinearMap.Gradients byVariance =
        op.gradients(square(x), square(weight.sigma()), dv, wantsInput, bias.isPresent());
    addGradients(weight, byMean.w(), byVariance.w());
    bias.ifPresent(b -> addGradients(b, byMean.b(), byVariance.b()));
    return wantsInput ? byVariance.x().muli(x).muli(2).addi(byMean.x()) : null;
  }

  private static void addGradients(GaussianSample sample, INDArray dMu, INDArray dVariance) {
    sample.addMuGradient(dMu);
    sample.addSigmaGradient(dVariance.muli(sample.sigma()).muli(2));
  }

  private static INDArray square(INDArray a) {
    return a.mul(a);
  }
}
