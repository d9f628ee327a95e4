package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.PoolLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Creates the operations of layers, for the blocks of a pass.
 *
 * @param blocks that run together
 * @param weights of the affine layers, shared by all passes
 * @param workers that take a block each
 */
record Operations(LaneBlock[] blocks, Map<NetworkLayer, AffineWeights> weights, Workers workers) {

  /**
   * Creates the steps of a chain of layers. An affine layer is fused with its max-pool and
   * activation.
   */
  List<Step> of(List<NetworkLayer> layers) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < layers.size(); ) {
      if (layers.get(i) instanceof AffineLayer affine) {
        AffineWeights own = weights.get(affine);
        int next = own.plan().pool().isEmpty() ? i + 1 : i + 2;
        ActivationLayer activation =
            next < layers.size() && layers.get(next) instanceof ActivationLayer a ? a : null;
        steps.add(each(affine, block -> new AffineOperation(block, own, activation)));
        i = activation == null ? next : next + 1;
      } else {
        steps.add(of(layers.get(i++)));
      }
    }
    return steps;
  }

  private Step of(NetworkLayer layer) {
    if (layer instanceof ActivationLayer activation) {
      return each(layer, block -> new ActivationOperation(activation));
    } else if (layer instanceof PoolLayer pool) {
      return each(layer, block -> new PoolOperation(block, pool));
    } else if (layer instanceof FlattenLayer) {
      return each(layer, block -> new FlattenOperation());
    } else if (layer instanceof DropoutLayer dropout) {
      return each(layer, block -> new DropoutOperation(block, dropout));
    } else if (layer instanceof BatchNormLayer norm) {
      return new Step(new BatchNormalisation(blocks, norm, workers), isTrained(layer));
    } else if (layer instanceof CustomLayer custom) {
      return new Step(new CustomLayerOperation(blocks, custom), isTrained(layer));
    }
    throw new IllegalArgumentException(
        "layer "
            + layer.name()
            + " is a "
            + layer.getClass().getName()
            + ", which the vector engine does not know: a layer of your own is a CustomLayer");
  }

  private Step each(NetworkLayer layer, Function<LaneBlock, Operation> operation) {
    Operation[] operations = new Operation[blocks.length];
    for (int i = 0; i < blocks.length; i++) {
      operations[i] = operation.apply(blocks[i]);
    }
    return new Step(workers, operations, isTrained(layer));
  }

  private static boolean isTrained(NetworkLayer layer) {
    return layer.parameters().stream().anyMatch(Parameter::trained);
  }
}
