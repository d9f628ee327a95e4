package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.PoolLayer;

/** Tells which layers run as a {@link WholeBatchOperation}. */
final class WholeBatchLayers implements LayerCases<Boolean> {
  private WholeBatchLayers() {}

  /** Whether all blocks of a batch have to go through the network side by side. */
  static boolean in(Network network) {
    WholeBatchLayers cases = new WholeBatchLayers();
    return network.layers().stream().anyMatch(layer -> layer.match(cases));
  }

  @Override
  public Boolean conv(ConvLayer layer) {
    return false;
  }

  @Override
  public Boolean linear(LinearLayer layer) {
    return false;
  }

  @Override
  public Boolean activation(ActivationLayer layer) {
    return false;
  }

  @Override
  public Boolean pool(PoolLayer layer) {
    return false;
  }

  @Override
  public Boolean flatten(FlattenLayer layer) {
    return false;
  }

  @Override
  public Boolean dropout(DropoutLayer layer) {
    return false;
  }

  @Override
  public Boolean batchNorm(BatchNormLayer layer) {
    return true;
  }

  @Override
  public Boolean add(AddLayer layer) {
    return false;
  }

  @Override
  public Boolean concat(ConcatLayer layer) {
    return false;
  }

  @Override
  public Boolean custom(CustomLayer layer) {
    return true;
  }
}
