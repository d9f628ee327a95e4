package io.github.posteriori.moments;

import io.github.posteriori.engine.Chains;
import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
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
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.UpsampleLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of layers and what they do to moments.
 *
 * @param engine runs the affine layers and those of users
 * @param norms the batch norms that are computed with the affine layer before them
 */
record MomentMaps(Engine engine, Map<AffineLayer, BatchNormLayer> norms)
    implements LayerCases<MomentMap> {
  private static final MomentMap IDENTITY = (x, spare) -> x;

  /**
   * Creates the table of a network.
   *
   * @param engine runs the affine layers and those of users
   */
  static MomentMaps of(Network network, Engine engine) {
    Map<AffineLayer, BatchNormLayer> norms = new HashMap<>();
    for (Stage chain : new Chains(network).stages()) {
      List<NetworkLayer> layers = chain.layers();
      for (int i = 0; i + 1 < layers.size(); i++) {
        if (layers.get(i + 1) instanceof BatchNormLayer norm && hasChannelsFirst(layers.get(i))) {
          norms.put((AffineLayer) layers.get(i), norm);
        }
      }
    }
    return new MomentMaps(engine, norms);
  }

  /** Whether a layer has the weights of one output channel after those of the other. */
  private static boolean hasChannelsFirst(NetworkLayer layer) {
    return layer instanceof ConvLayer || layer instanceof LinearLayer;
  }

  @Override
  public MomentMap conv(ConvLayer layer) {
    return affine(layer);
  }

  @Override
  public MomentMap convTranspose(ConvTransposeLayer layer) {
    return affine(layer);
  }

  @Override
  public MomentMap linear(LinearLayer layer) {
    return affine(layer);
  }

  private MomentMap affine(AffineLayer layer) {
    return new AffineMoments(layer, Optional.ofNullable(norms.get(layer)), engine);
  }

  @Override
  public MomentMap activation(ActivationLayer layer) {
    return switch (layer.function()) {
      case RELU -> new Rectifier();
      case SOFTPLUS -> new SmoothActivation(SmoothLoops::softplus);
      case TANH -> new SmoothActivation(SmoothLoops::tanh);
      case GELU -> new SmoothActivation(SmoothLoops::gelu);
      case SILU -> new SmoothActivation(SmoothLoops::silu);
      case SIGMOID -> new SmoothActivation(SmoothLoops::sigmoid);
      case LEAKY_RELU -> new LeakyRectifier();
      case IDENTITY -> IDENTITY;
      case MODEL -> throw ActivationLayer.unresolved();
    };
  }

  @Override
  public MomentMap pool(PoolLayer layer) {
    return layer.taken() == PoolLayer.Kind.MAX
        ? new LargestOfWindow(layer)
        : new MeanOfWindow(layer);
  }

  @Override
  public MomentMap globalAvgPool(GlobalAvgPoolLayer layer) {
    return new MeanOfWindow(layer.asPool());
  }

  @Override
  public MomentMap upsample(UpsampleLayer layer) {
    return switch (layer.interpolation()) {
      case NEAREST -> new Enlargement(layer);
      case BILINEAR -> new Interpolated(layer);
    };
  }

  @Override
  public MomentMap layerNorm(LayerNormLayer layer) {
    return new ExampleScaling(layer);
  }

  @Override
  public MomentMap groupNorm(GroupNormLayer layer) {
    return new ExampleScaling(layer);
  }

  @Override
  public MomentMap flatten(FlattenLayer layer) {
    return IDENTITY;
  }

  /** Outside training it passes on what it gets. */
  @Override
  public MomentMap dropout(DropoutLayer layer) {
    return IDENTITY;
  }

  @Override
  public MomentMap batchNorm(BatchNormLayer layer) {
    return norms.containsValue(layer) ? IDENTITY : new ChannelScaling(layer);
  }

  @Override
  public MomentMap custom(CustomLayer layer) {
    return new DrawnLayer(layer, engine);
  }

  @Override
  public MomentMap add(AddLayer layer) {
    throw joins(layer);
  }

  @Override
  public MomentMap concat(ConcatLayer layer) {
    throw joins(layer);
  }

  private static IllegalStateException joins(JoinLayer layer) {
    return new IllegalStateException(
        layer.name() + " joins several inputs, expected the pass to run its stage by join");
  }
}
