package io.github.posteriori.engine.nd4j;

import io.github.posteriori.Layer;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A traversal with the whole batch in one array. */
final class Nd4jPass implements Pass {
  private final NoiseKey noise;
  private final boolean training;
  private final Map<Integer, List<Operation>> tape = new HashMap<>();

  Nd4jPass(NoiseKey noise, boolean training) {
    this.noise = noise;
    this.training = training;
  }

  /** The activations of a batch, {@code [batch, ...]}. */
  record Activations(INDArray array) implements Signal {}

  @Override
  public Signal forward(Stage stage, Signal input) {
    List<Operation> operations = inOrder(stage).stream().map(this::operation).toList();
    INDArray x = array(input);
    for (Operation operation : operations) {
      x = operation.forward(x);
    }
    if (training) {
      tape.put(stage.index(), operations);
    }
    return new Activations(x);
  }

  @Override
  public Signal backward(Stage stage, Signal outputGradient) {
    return new Activations(backward(stage, outputGradient, true));
  }

  @Override
  public void backwardToParameters(Stage stage, Signal outputGradient) {
    backward(stage, outputGradient, false);
  }

  private INDArray backward(Stage stage, Signal outputGradient, boolean wantsInput) {
    List<Operation> operations = tape.get(stage.index());
    INDArray dy = array(outputGradient);
    for (int i = operations.size() - 1; i >= 0; i--) {
      dy = operations.get(i).backward(dy, wantsInput || i > 0);
    }
    return dy;
  }

  /**
   * All activations grow monotonically, so a maximum may be taken first, which leaves fewer values
   * to activate.
   */
  private static List<Layer> inOrder(Stage stage) {
    List<Layer> layers = new ArrayList<>(stage.layers());
    for (int i = 0; i + 1 < layers.size(); i++) {
      if (layers.get(i) instanceof ActivationLayer
          && layers.get(i + 1) instanceof PoolLayer pool
          && pool.taken() == PoolLayer.Kind.MAX) {
        Collections.swap(layers, i, i + 1);
      }
    }
    return layers;
  }

  private Operation operation(Layer layer) {
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
      return new Dropping(dropout, training, new LayerNoise(noise, dropout.index()));
    } else if (layer instanceof BatchNormLayer norm) {
      return new BatchNormalisation(norm, training);
    }
    throw new IllegalArgumentException(
        "layer "
            + layer.name()
            + " is a "
            + layer.getClass().getName()
            + ", which the nd4j engine does not know");
  }

  private Operation affine(AffineLayer layer, LinearMap op) {
    return switch (layer.estimator()) {
      case LRT -> new LocalReparametrisation(layer, op, new LayerNoise(noise, layer.index()));
      case BBB -> new BayesByBackprop(layer, op, new LayerNoise(noise, layer.index()));
      case POINT -> new PointEstimate(layer, op);
    };
  }

  static INDArray array(Signal signal) {
    return ((Activations) signal).array();
  }
}
