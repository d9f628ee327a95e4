package io.github.posteriori.moments;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Parameter;
import java.util.Optional;

/**
 * An affine layer y = op(x, W) + b of independent inputs of mean m and variance v, with independent
 * weights of mean mu and variance sigma^2. Whatever the distributions, its outputs have
 *
 * <pre>
 *   E y   = op(m, mu) + mu_b
 *   Var y = op(v, mu^2 + sigma^2) + op(m^2, sigma^2) + sigma_b^2
 * </pre>
 *
 * <p>That is local reparametrisation (Kingma, Salimans and Welling 2015) of inputs that vary; Wu et
 * al. 2019, "Deterministic variational inference for robust Bayesian neural networks". Outputs that
 * share an input, or under Bayes by Backprop a weight, depend on each other, which is left out.
 */
final class AffineMoments implements MomentMap {
  private final AffineLayer layer;
  private final boolean varies;
  private final PointRunner mean;
  private final PointRunner byInputs;
  private final PointRunner byWeights;
  private long version = -1;

  AffineMoments(AffineLayer layer, Engine engine) {
    this.layer = layer;
    this.varies = WeightMoments.vary(layer);
    this.mean = new PointRunner(layer, engine);
    this.byInputs = new PointRunner(layer, engine);
    this.byWeights = new PointRunner(layer, engine);
  }

  /** Takes over the present weights, if they have changed. */
  void refresh() {
    long now = layer.parameters().stream().mapToLong(Parameter::version).sum();
    if (now == version) {
      return;
    }
    WeightMoments weight = WeightMoments.of(layer.weight(), layer.estimator());
    Optional<WeightMoments> bias =
        layer.bias().map(own -> WeightMoments.of(own, layer.estimator()));
    mean.write(weight.means(), bias.map(WeightMoments::means));
    byInputs.write(weight.squares(), Optional.empty());
    byWeights.write(weight.variances(), bias.map(WeightMoments::variances));
    version = now;
  }

  @Override
  public Moments forward(Moments x) {
    float[] means = mean.forward(x.means(), x.count());
    if (x.isExact() && !varies) {
      return Moments.exact(x.count(), means);
    }
    return new Moments(x.count(), means, variances(x));
  }

  private float[] variances(Moments x) {
    if (!varies) {
      return sum(byInputs.forward(x.variances(), x.count()));
    }
    float[] ofWeights = byWeights.forward(squares(x.means()), x.count());
    return x.isExact()
        ? sum(ofWeights)
        : sum(ofWeights, byInputs.forward(x.variances(), x.count()));
  }

  private static float[] squares(float[] x) {
    float[] squares = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      squares[i] = x[i] * x[i];
    }
    return squares;
  }

  /** Adds up variances, in the array of the first; fast algorithms may round small ones to less. */
  private static float[] sum(float[] first, float[]... others) {
    for (float[] other : others) {
      for (int i = 0; i < first.length; i++) {
        first[i] += other[i];
      }
    }
    for (int i = 0; i < first.length; i++) {
      first[i] = Math.max(first[i], 0);
    }
    return first;
  }
}
