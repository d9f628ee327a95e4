package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.UpsampleLayer;
import io.github.posteriori.noise.NoiseKey;

/**
 * The table of layers and their operations, in one pass.
 *
 * @param noise the noise key of the pass
 * @param purpose the purpose of the pass
 * @param arrays the arrays of the parameters
 * @param shards exchanges numbers with the passes of other shards
 */
record Operations(NoiseKey noise, Purpose purpose, ParameterArrays arrays, AllGather shards)
    implements LayerCases<Operation> {

  @Override
  public Operation conv(ConvLayer layer) {
    return affine(layer, new Convolution(layer));
  }

  @Override
  public Operation convTranspose(ConvTransposeLayer layer) {
    return affine(layer, new TransposedConvolution(layer));
  }

  @Override
  public Operation linear(LinearLayer layer) {
    return affine(layer, new MatrixProduct());
  }

  private Operation affine(AffineLayer layer, LinearMap op) {
    return switch (layer.estimator()) {
      case LRT ->
          new LocalReparametrisation(layer, op, new LayerNoise(noise, layer.index()), arrays);
      case BBB -> new BayesByBackprop(layer, op, new LayerNoise(noise, layer.index()), arrays);
      case POINT -> new PointEstimate(layer, op, arrays);
    };
  }

  @Override
  public Operation activation(ActivationLayer layer) {
    return new ActivationFunction(layer.function());
  }

  @Override
  public Operation pool(PoolLayer layer) {
    return new Pooling(layer);
  }

  @Override
  public Operation globalAvgPool(GlobalAvgPoolLayer layer) {
    return new GlobalMean();
  }

  @Override
  public Operation upsample(UpsampleLayer layer) {
    return switch (layer.interpolation()) {
      case NEAREST -> new Upsampling(layer);
      case BILINEAR -> new BilinearUpsampling(layer);
    };
  }

  @Override
  public Operation layerNorm(LayerNormLayer layer) {
    return new ExampleNormalisation(layer, arrays);
  }

  @Override
  public Operation groupNorm(GroupNormLayer layer) {
    return new ExampleNormalisation(layer, arrays);
  }

  @Override
  public Operation flatten(FlattenLayer layer) {
    return new Flattening();
  }

  @Override
  public Operation dropout(DropoutLayer layer) {
    boolean drops = purpose.isTraining() || noise.dropout();
    return new Dropping(layer, drops, new LayerNoise(noise, layer.index()));
  }

  @Override
  public Operation batchNorm(BatchNormLayer layer) {
    return new BatchNormalisation(layer, purpose, arrays, shards);
  }

  @Override
  public Operation custom(CustomLayer layer) {
    return new UserOperation(layer);
  }

  @Override
  public Operation add(AddLayer layer) {
    throw joins(layer);
  }

  @Override
  public Operation concat(ConcatLayer layer) {
    throw joins(layer);
  }

  private static IllegalStateException joins(JoinLayer layer) {
    return new IllegalStateException(
        layer.name() + " joins several inputs, expected the pass to run its stage by join");
  }

  /** Creates the operation of a layer that takes several inputs. */
  Join joining(JoinLayer layer) {
    return layer instanceof ConcatLayer ? new Concatenation() : new Addition();
  }
}
