package io.github.posteriori.layers;

/**
 * One answer for each kind of layer: a kind that somebody forgets does not compile.
 *
 * @param <R> the answer
 */
public interface LayerCases<R> {

  /** The answer for a convolution. */
  R conv(ConvLayer layer);

  /** The answer for a fully connected layer. */
  R linear(LinearLayer layer);

  /** The answer for an activation function. */
  R activation(ActivationLayer layer);

  /** The answer for a pool. */
  R pool(PoolLayer layer);

  /** The answer for an image that becomes features. */
  R flatten(FlattenLayer layer);

  /** The answer for dropout. */
  R dropout(DropoutLayer layer);

  /** The answer for batch normalisation. */
  R batchNorm(BatchNormLayer layer);

  /** The answer for a sum of several outputs. */
  R add(AddLayer layer);

  /** The answer for several outputs side by side. */
  R concat(ConcatLayer layer);

  /** The answer for a layer of a user's own. */
  R custom(CustomLayer layer);
}
