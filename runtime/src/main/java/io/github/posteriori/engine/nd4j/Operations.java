package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Purpose;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.noise.NoiseKey;

/**
 * Which equations are those of which layer, in one pass.
 *
 * @param noise the pass's
 * @param purpose what the pass is for
 * @param arrays the parameters
 */
record Operations(NoiseKey noise, Purpose purpose, ParameterArrays arrays) {

  Operation of(NetworkLayer layer) {
    if (layer instanceof ConvLayer conv) {
      return affine(conv, new Convolution(conv));
    } else if (layer instanceof LinearLayer linear) {
      return affine(linear, new MatrixProduct());
    } else if (layer instanceof ActivationLayer activation) {
      return new ActivationFunction(activation.function());
    } else if (layer instanceof PoolLayer pool) {
      return new Pooling(pool);
    } else if (layer instanceof FlattenLayer) {
      return new Flattening();
    } else if (layer instanceof DropoutLayer dropout) {
      return new Dropping(dropout, purpose, new LayerNoise(noise, dropout.index()));
    } else if (layer instanceof BatchNormLayer norm) {
      return new BatchNormalisation(norm, purpose, arrays);
    } else if (layer instanceof CustomLayer custom) {
      return new UserOperation(custom);
    }
    throw unknown(layer);
  }

  Join joining(NetworkLayer layer) {
    if (layer instanceof AddLayer) {
      return new Addition();
    } else if (layer instanceof ConcatLayer) {
      return new Concatenation();
    }
    throw unknown(layer);
  }

  private Operation affine(AffineLayer layer, LinearMap op) {
    return switch (layer.estimator()) {
      case LRT ->
          new LocalReparametrisation(layer, op, new LayerNoise(noise, layer.index()), arrays);
      case BBB -> new BayesByBackprop(layer, op, new LayerNoise(noise, layer.index()), arrays);
      case POINT -> new PointEstimate(layer, op, arrays);
    };
  }

  private static IllegalArgumentException unknown(NetworkLayer layer) {
    return new IllegalArgumentException(
        "layer "
            + layer.name()
            + " is a "
            + layer.getClass().getName()
            + ", which the nd4j engine does not know: a layer of your own is a CustomLayer");
  }
}
