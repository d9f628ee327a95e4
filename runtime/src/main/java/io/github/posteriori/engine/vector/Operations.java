package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.ExampleNorm;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.UpsampleLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Creates the operations of layers, for the blocks of a pass.
 *
 * @param blocks that run together
 * @param weights of the affine layers, shared by all passes
 * @param needed how far the way back has to go
 * @param isTraining whether batch norms take the statistics of the batch, and there is a way back
 */
record Operations(
    LaneBlock[] blocks,
    Map<NetworkLayer, AffineWeights> weights,
    NeededGradients needed,
    boolean isTraining)
    implements LayerCases<Step> {
  /**
   * Creates the steps of a chain of layers. An affine layer is fused with its max-pool, the batch
   * norm behind it outside training, and the activation; in training a batch norm with its
   * activation, whose moments an affine layer before it gathers.
   */
  List<Step> of(List<NetworkLayer> layers) {
    List<Step> steps = new ArrayList<>();
    int gradients = 0; // that steps made; a flattening passes its own on
    ChannelMoments[] gathered = null; // for the batch norm that comes next
    for (int i = 0; i < layers.size(); ) {
      NetworkLayer first = layers.get(i++);
      int step = gradients == 0 ? AffineOperation.LEAVES : gradients;
      gradients += first instanceof FlattenLayer ? 0 : 1;
      if (first instanceof AffineLayer affine) {
        AffineWeights own = weights.get(affine);
        boolean isPooled = own.plan().pool().isPresent();
        i += isPooled ? 1 : 0;
        BatchNormLayer norm =
            !isTraining && !isPooled && next(layers, i) instanceof BatchNormLayer n ? n : null;
        i += norm == null ? 0 : 1;
        ActivationLayer activation = next(layers, i) instanceof ActivationLayer a ? a : null;
        i += activation == null ? 0 : 1;
        ChannelMoments[] moments =
            isTraining && next(layers, i) instanceof BatchNormLayer n
                ? BatchNormalisation.moments(blocks, n)
                : null;
        Operation[] operations = new Operation[blocks.length];
        for (int b = 0; b < blocks.length; b++) {
          ChannelMoments ofBlock = moments == null ? null : moments[b];
          operations[b] = new AffineOperation(blocks[b], own, norm, activation, ofBlock, step);
        }
        steps.add(step(affine, operations));
        gathered = moments;
      } else if (first instanceof BatchNormLayer norm) {
        ActivationLayer activation = next(layers, i) instanceof ActivationLayer a ? a : null;
        i += activation == null ? 0 : 1;
        steps.add(batchNorm(norm, gathered, activation, step));
        gathered = null;
      } else {
        steps.add(first.match(this));
      }
    }
    return steps;
  }

  private static NetworkLayer next(List<NetworkLayer> layers, int index) {
    return index < layers.size() ? layers.get(index) : null;
  }

  /** Whether one of the layers has to see all blocks of a batch at once. */
  static boolean needWholeBatch(
      List<NetworkLayer> layers,
      Map<NetworkLayer, AffineWeights> weights,
      NeededGradients needed,
      boolean isTraining) {
    Operations ofNoBlock = new Operations(new LaneBlock[0], weights, needed, isTraining);
    return layers.stream()
        .filter(layer -> !(layer instanceof JoinLayer))
        .anyMatch(layer -> layer.match(ofNoBlock).meets());
  }

  @Override
  public Step conv(ConvLayer layer) {
    return of(List.<NetworkLayer>of(layer)).get(0);
  }

  @Override
  public Step convTranspose(ConvTransposeLayer layer) {
    return of(List.<NetworkLayer>of(layer)).get(0);
  }

  @Override
  public Step linear(LinearLayer layer) {
    return of(List.<NetworkLayer>of(layer)).get(0);
  }

  @Override
  public Step activation(ActivationLayer layer) {
    return each(layer, block -> new ActivationOperation(layer));
  }

  @Override
  public Step pool(PoolLayer layer) {
    return each(
        layer,
        block ->
            layer.taken() == PoolLayer.Kind.MAX
                ? new MaxPoolOperation(block, layer)
                : new MeanPoolOperation(block, layer));
  }

  @Override
  public Step globalAvgPool(GlobalAvgPoolLayer layer) {
    return each(layer, block -> new MeanPoolOperation(block, layer.asPool()));
  }

  @Override
  public Step upsample(UpsampleLayer layer) {
    return each(
        layer,
        block ->
            switch (layer.interpolation()) {
              case NEAREST -> new UpsampleOperation(block, layer);
              case BILINEAR -> new BilinearOperation(block, layer);
            });
  }

  @Override
  public Step layerNorm(LayerNormLayer layer) {
    return exampleNorm(layer);
  }

  @Override
  public Step groupNorm(GroupNormLayer layer) {
    return exampleNorm(layer);
  }

  private Step exampleNorm(ExampleNorm layer) {
    return isTraining
        ? whole(layer, new ExampleNormTraining(blocks, layer))
        : each(layer, block -> new ExampleNormOperation(block, layer));
  }

  @Override
  public Step flatten(FlattenLayer layer) {
    return each(layer, block -> new FlattenOperation());
  }

  @Override
  public Step dropout(DropoutLayer layer) {
    return each(layer, block -> new DropoutOperation(block, layer));
  }

  @Override
  public Step batchNorm(BatchNormLayer layer) {
    return batchNorm(layer, null, null, AffineOperation.LEAVES);
  }

  private Step batchNorm(
      BatchNormLayer layer, ChannelMoments[] gathered, ActivationLayer activation, int step) {
    ChannelMoments[] moments =
        gathered == null ? BatchNormalisation.moments(blocks, layer) : gathered;
    return isTraining
        ? whole(layer, new BatchNormalisation(blocks, moments, layer, activation, step))
        : each(layer, block -> new NormalisationOperation(block, layer, activation));
  }

  @Override
  public Step custom(CustomLayer layer) {
    return whole(layer, new CustomLayerOperation(blocks, layer));
  }

  @Override
  public Step add(AddLayer layer) {
    throw joins(layer);
  }

  @Override
  public Step concat(ConcatLayer layer) {
    throw joins(layer);
  }

  static IllegalStateException joins(JoinLayer layer) {
    return new IllegalStateException(
        layer.name() + " joins several inputs, expected the pass to run its stage by join");
  }

  private Step whole(NetworkLayer layer, WholeBatchOperation operation) {
    return new WholeBatchStep(
        blocks.length, operation, needed.byInput(layer), needed.byOutput(layer));
  }

  private Step each(NetworkLayer layer, Function<LaneBlock, Operation> operation) {
    Operation[] operations = new Operation[blocks.length];
    for (int i = 0; i < blocks.length; i++) {
      operations[i] = operation.apply(blocks[i]);
    }
    return step(layer, operations);
  }

  private Step step(NetworkLayer layer, Operation[] operations) {
    return new BlockStep(operations, needed.byInput(layer), needed.byOutput(layer));
  }
}
