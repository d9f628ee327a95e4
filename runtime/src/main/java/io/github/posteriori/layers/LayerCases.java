package io.github.posteriori.layers;

/**
 * A function with one case for each kind of layer; a forgotten case does not compile.
 *
 * @param <R> the result
 */
public interface LayerCases<R> {

  /** Returns the result for a convolution. */
  R conv(ConvLayer layer);

  /** Returns the result for a transposed convolution. */
  R convTranspose(ConvTransposeLayer layer);

  /** Returns the result for a fully connected layer. */
  R linear(LinearLayer layer);

  /** Returns the result for an activation function. */
  R activation(ActivationLayer layer);

  /** Returns the result for a pool. */
  R pool(PoolLayer layer);

  /** Returns the result for a global average pool. */
  R globalAvgPool(GlobalAvgPoolLayer layer);

  /** Returns the result for an upsampling. */
  R upsample(UpsampleLayer layer);

  /** Returns the result for a flattening. */
  R flatten(FlattenLayer layer);

  /** Returns the result for dropout. */
  R dropout(DropoutLayer layer);

  /** Returns the result for batch normalisation. */
  R batchNorm(BatchNormLayer layer);

  /** Returns the result for layer normalisation. */
  R layerNorm(LayerNormLayer layer);

  /** Returns the result for group normalisation. */
  R groupNorm(GroupNormLayer layer);

  /** Returns the result for a sum of several outputs. */
  R add(AddLayer layer);

  /** Returns the result for a concatenation. */
  R concat(ConcatLayer layer);

  /** Returns the result for a custom layer. */
  R custom(CustomLayer layer);
}
