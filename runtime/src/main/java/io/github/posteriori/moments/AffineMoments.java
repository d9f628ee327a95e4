package io.github.posteriori.moments;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.ScaleAndShift;
import io.github.posteriori.layers.Weight;
import java.util.ArrayList;
import java.util.List;
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
 * <p>A batch norm right behind it, which by running statistics is affine as well, takes no pass of
 * its own: its factor a and offset b ({@link ScaleAndShift}) go into W, a W, and the bias, a bias +
 * b.
 *
 * <p>That is local reparametrisation (Kingma, Salimans and Welling 2015) of inputs that vary; Wu et
 * al. 2019, "Deterministic variational inference for robust Bayesian neural networks". Outputs that
 * share an input, or under Bayes by Backprop a weight, depend on each other, which is left out.
 */
final class AffineMoments implements MomentMap {
  private final AffineLayer layer;
  private final Optional<BatchNormLayer> norm;
  private final boolean varies;
  private final int outputs;
  private final PointRunner mean;
  private final PointRunner byInputs;
  private final PointRunner byWeights;
  private long version = -1;

  /**
   * Opens a layer.
   *
   * @param norm the batch norm right behind it that is to be computed with it
   */
  AffineMoments(AffineLayer layer, Optional<BatchNormLayer> norm, Engine engine) {
    this.layer = layer;
    this.norm = norm;
    this.varies = WeightMoments.vary(layer);
    this.outputs = layer.output().size();
    int biases = layer.bias().map(Weight::size).orElse(0);
    int shifts = norm.map(own -> own.shift().size()).orElse(biases);
    this.mean = new PointRunner(layer, shifts, engine);
    this.byInputs = new PointRunner(layer, 0, engine);
    this.byWeights = new PointRunner(layer, biases, engine);
  }

  /** Takes over the present weights, if they have changed. */
  void refresh() {
    List<Parameter> parameters = new ArrayList<>(layer.parameters());
    norm.ifPresent(own -> parameters.addAll(own.parameters()));
    long now = parameters.stream().mapToLong(Parameter::version).sum();
    if (now == version) {
      return;
    }
    WeightMoments weight = WeightMoments.of(layer.weight(), layer.estimator());
    Optional<WeightMoments> bias =
        layer.bias().map(own -> WeightMoments.of(own, layer.estimator()));
    if (norm.isPresent()) {
      ScaleAndShift by = ScaleAndShift.of(norm.get());
      weight = weight.scaled(by);
      bias = Optional.of(bias.orElse(WeightMoments.zeros(by.channels())).scaled(by).shifted(by));
    }
    mean.write(weight.means(), bias.map(WeightMoments::means));
    byInputs.write(weight.squares(), Optional.empty());
    byWeights.write(weight.variances(), bias.map(WeightMoments::variances));
    version = now;
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float[] means = mean.forward(x.means(), x.count(), taken(x, spare));
    return x.isExact() && !varies
        ? Moments.exact(x.count(), means)
        : new Moments(x.count(), means, variances(x, spare));
  }

  private float[] variances(Moments x, SpareArrays spare) {
    float[] sum = taken(x, spare);
    if (!varies) {
      byInputs.forward(x.variances(), x.count(), sum);
    } else {
      float[] squares = spare.take(x.means().length);
      square(x.means(), squares);
      byWeights.forward(squares, x.count(), sum);
      spare.giveBack(squares);
      if (!x.isExact()) {
        float[] ofInputs = byInputs.forward(x.variances(), x.count(), taken(x, spare));
        add(ofInputs, sum);
        spare.giveBack(ofInputs);
      }
    }
    raise(sum);
    return sum;
  }

  private float[] taken(Moments x, SpareArrays spare) {
    return spare.take(outputs * x.count());
  }

  private static void square(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * x[i];
    }
  }

  private static void add(float[] x, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += x[i];
    }
  }

  /** Keeps variances from being negative, to which fast algorithms may round small ones. */
  private static void raise(float[] variances) {
    for (int i = 0; i < variances.length; i++) {
      variances[i] = Math.max(variances[i], 0);
    }
  }
}
