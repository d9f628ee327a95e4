package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Stage;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Window;
import java.util.List;
import java.util.Optional;

/**
 * Plan of an affine layer: the algorithms that compute it, chosen from its shape and the width of
 * the network's blocks ({@link BlockWidth}). The first line that fits decides:
 *
 * <pre>
 *   few inputs or outputs in each of several groups          all three   DEPTHWISE
 *   few outputs are the argmax of a max-pool, full blocks    gradients   ARGMAX
 *   2 x 2 to 2 x 2, 4 x 4 to 4 x 4; many inputs, dense taps  all three   KARATSUBA, TOOM_FOUR
 *   3 x 3 or 5 x 5 dense taps, many channels and pixels      forward     WINOGRAD
 *   narrow blocks, or many channels                          forward     PANEL
 *   else                                                     forward     DIRECT
 *
 *   3 x 3 as above, 32 channels or more                      weight gradient   WINOGRAD
 *   many inputs, few pixels or large sums                    weight gradient   BATCH_GEMM
 *   few pixels, outputs that fill the lanes                  weight gradient   CHANNELS_IN_LANES
 *   else                                                     weight gradient   BATCH_IN_LANES
 *   else                                                     input gradient    as forward
 * </pre>
 *
 * <p>Nothing else decides: weights, passes and epilogues do what their plan says.
 *
 * @param geometry of the layer
 * @param pool the max-pool that takes in the layer's outputs within their chain
 * @param forward how outputs are computed
 * @param weightGradient how the gradient by the weights is computed
 */
record LayerPlan(
    Geometry geometry, Optional<PoolLayer> pool, Forward forward, WeightGradient weightGradient) {

  /**
   * Inputs or outputs of a group that leave most of a register tile empty, on the way back or
   * forward.
   */
  private static final int MOST_CHANNELS_OF_DEPTHWISE = 3;

  /** Input channels from which the weight gradient is one GEMM over the batch. */
  private static final int LEAST_INPUTS_OF_GEMM = 16;

  /** Output pixels of a channel for which sums over the lanes cost as much as the products. */
  private static final int FEW_PIXELS = 16;

  /** Output pixels from which sums over the lanes cost little beside the products. */
  private static final int MANY_PIXELS = 256;

  /** Weights whose sums, one for each lane, can be held for each worker. */
  private static final int MOST_WEIGHTS_IN_LANES = 300_000;

  /**
   * Input channels of a group from which Winograd's transform of the outputs pays off; 6 do not.
   */
  private static final int LEAST_INPUTS_OF_WINOGRAD = 16;

  /** Output channels of a group from which Winograd's transform of the inputs pays off. */
  private static final int LEAST_OUTPUTS_OF_WINOGRAD = 4;

  /**
   * Windows of a channel below which loading and storing an argmax sum takes longer than adding.
   */
  private static final int LEAST_WINDOWS_OF_ARGMAX = 32;

  /** Factor by which following only the argmax must shrink the work. */
  private static final double LEAST_GAIN_OF_ARGMAX = 2.5;

  /** Windows of 2 x 2 pixels side by side. */
  static final Window QUADS = Window.kernel(2, 2).stride(2, 2);

  /** How outputs are computed. */
  enum Forward {
    /** Multiplies each tap by what it reads: {@link DirectPass}. */
    DIRECT,
    /** Copies what an output reads side by side: {@link PanelMap}. */
    PANEL,
    /** Filters the channels of a group row by row: {@link DepthwisePass}. */
    DEPTHWISE,
    /** Filters patches of inputs with fewer products: {@link WinogradMap}. */
    WINOGRAD,
    /** Multiplies images of 2 x 2 pixels with 9 products: {@link Karatsuba}. */
    KARATSUBA,
    /** Multiplies images of 4 x 4 pixels with 49 products: {@link ToomFour}. */
    TOOM_FOUR;

    /** Whether all three products go by {@link ToomCook}. */
    boolean isToomCook() {
      return this == KARATSUBA || this == TOOM_FOUR;
    }
  }

  /** How the gradient by the weights is computed. */
  enum WeightGradient {
    /** Sums products lane by lane, and over the lanes at the end: {@link BatchInLanesGradient}. */
    BATCH_IN_LANES,
    /** Sums products lane by lane along the rows of a group: {@link DepthwisePass}. */
    DEPTHWISE,
    /** Transposes dy, so that output channels are in the lanes: {@link ChannelsInLanesGradient}. */
    CHANNELS_IN_LANES,
    /** Multiplies two matrices over the whole batch: {@link BatchGemmGradient}. */
    BATCH_GEMM,
    /** Follows only the outputs that a max-pool chose: {@link PooledBackward}. */
    ARGMAX,
    /** Multiplies transformed patches of x and dy: {@link WinogradGradient}. */
    WINOGRAD,
    /** Multiplies the parts of x and dy over the whole batch: {@link ToomCookWeights}. */
    TOOM_COOK
  }

  /** How the gradient by the input is computed. */
  enum InputGradient {
    /** Multiplies each tap by the gradients of what read it: {@link DirectPass}. */
    DIRECT,
    /** Filters the gradients of a group row by row: {@link DepthwisePass}. */
    DEPTHWISE,
    /** Copies what the gradient of an input reads side by side: {@link PanelMap}. */
    PANEL,
    /** Filters patches of dy with fewer products: {@link WinogradMap}. */
    WINOGRAD,
    /** Follows only the outputs that a max-pool chose: {@link PooledBackward}. */
    ARGMAX,
    /** Multiplies the parts of dy by those of the weights: {@link ToomCookPass}. */
    TOOM_COOK
  }

  /** How the max-pool behind is computed. */
  enum Pooling {
    /** Takes outputs as they are. */
    NONE,
    /** Takes all four taps of windows of 2 x 2 side by side at once: {@link QuadPool}. */
    QUAD,
    /** Takes windows of any kind tap by tap: {@link WindowPool}. */
    WINDOW
  }

  LayerPlan {
    boolean isToomCook = forward.isToomCook();
    boolean isDepthwise = forward == Forward.DEPTHWISE;
    boolean isArgmax = weightGradient == WeightGradient.ARGMAX;
    if (isToomCook != (weightGradient == WeightGradient.TOOM_COOK)
        || isDepthwise != (weightGradient == WeightGradient.DEPTHWISE)
        || isArgmax && pool.isEmpty()) {
      throw new IllegalArgumentException(
          "found "
              + List.of(forward, weightGradient)
              + " with "
              + pool
              + ", expected both by Toom and Cook or none, both depthwise or none, and a pool for"
              + " ARGMAX");
    }
  }

  /** How the gradient by the input is computed, where it is needed: as the outputs are. */
  InputGradient inputGradient() {
    if (weightGradient == WeightGradient.ARGMAX) {
      return InputGradient.ARGMAX;
    }
    return switch (forward) {
      case DIRECT -> InputGradient.DIRECT;
      case PANEL -> InputGradient.PANEL;
      case DEPTHWISE -> InputGradient.DEPTHWISE;
      case WINOGRAD -> InputGradient.WINOGRAD;
      case KARATSUBA, TOOM_FOUR -> InputGradient.TOOM_COOK;
    };
  }

  /** How that pool is computed. */
  Pooling pooling() {
    if (pool.isEmpty()) {
      return Pooling.NONE;
    }
    return pool.get().window().equals(QUADS) ? Pooling.QUAD : Pooling.WINDOW;
  }

  /**
   * Plans a layer of a network.
   *
   * @param stages chains of layers, as the engine runs them
   * @param width lanes of the widest blocks
   */
  static LayerPlan of(AffineLayer layer, List<Stage> stages, int width) {
    return of(Geometry.of(layer), maxPoolBehind(layer, stages), Lanes.LENGTH, width);
  }

  /** Plans a layer without a max-pool. */
  static LayerPlan of(Geometry geometry) {
    return of(geometry, Optional.empty());
  }

  /** Plans a layer for the registers of this machine. */
  static LayerPlan of(Geometry geometry, Optional<PoolLayer> pool) {
    return of(geometry, pool, Lanes.LENGTH, Lanes.FULL);
  }

  /**
   * Plans a layer.
   *
   * @param pool the max-pool behind it, in its chain
   * @param length floats of a register
   * @param width lanes of the widest blocks
   */
  static LayerPlan of(Geometry geometry, Optional<PoolLayer> pool, int length, int width) {
    if (paysDepthwise(geometry)) {
      return new LayerPlan(geometry, pool, Forward.DEPTHWISE, WeightGradient.DEPTHWISE);
    }
    boolean narrow = width == length;
    boolean argmax = !narrow && pool.isPresent() && paysArgmax(geometry, pool.get(), length);
    boolean toomCook = !argmax && paysToomCook(geometry);
    return new LayerPlan(
        geometry,
        pool,
        forward(geometry, toomCook, narrow),
        weightGradient(geometry, toomCook, argmax, length));
  }

  private static Forward forward(Geometry geometry, boolean toomCook, boolean narrow) {
    if (toomCook) {
      return geometry.input().height() == 2 ? Forward.KARATSUBA : Forward.TOOM_FOUR;
    }
    if (paysWinograd(geometry)) {
      return Forward.WINOGRAD;
    }
    return paysPanels(geometry, narrow) ? Forward.PANEL : Forward.DIRECT;
  }

  private static WeightGradient weightGradient(
      Geometry geometry, boolean toomCook, boolean argmax, int length) {
    if (toomCook) {
      return WeightGradient.TOOM_COOK;
    }
    if (argmax) {
      return WeightGradient.ARGMAX;
    }
    if (paysWinogradGradient(geometry)) {
      return WeightGradient.WINOGRAD;
    }
    if (paysBatchGemm(geometry)) {
      return WeightGradient.BATCH_GEMM;
    }
    return paysChannelsInLanes(geometry, length)
        ? WeightGradient.CHANNELS_IN_LANES
        : WeightGradient.BATCH_IN_LANES;
  }

  /** The max-pool right behind a layer in the order in which its chain runs. */
  private static Optional<PoolLayer> maxPoolBehind(AffineLayer layer, List<Stage> stages) {
    for (Stage stage : stages) {
      List<NetworkLayer> layers = stage.layersPooledFirst();
      for (int i = 0; i + 1 < layers.size(); i++) {
        if (layers.get(i) == layer
            && layers.get(i + 1) instanceof PoolLayer pool
            && pool.taken() == PoolLayer.Kind.MAX) {
          return Optional.of(pool);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the argmax of each window is far less work than all outputs. */
  private static boolean paysArgmax(Geometry geometry, PoolLayer pool, int length) {
    int windows = ArgmaxOutputs.windows(pool);
    if (geometry.groups() > 1
        || paysWinograd(geometry) && geometry.window().rows() == 3
        || geometry.window().dilationColumns() > 1
        || windows < LEAST_WINDOWS_OF_ARGMAX) {
      return false;
    }
    int run = PooledBackward.run(geometry);
    int registers = (run + length - 1) / length;
    double thinned = (double) geometry.outputPixels() / windows;
    return thinned * run / (registers * length) >= LEAST_GAIN_OF_ARGMAX;
  }

  /**
   * Whether a group's channels are too few to fill a register tile both ways. With a single tap
   * most of a row's time goes by in loading it, unless it is the only one.
   */
  private static boolean paysDepthwise(Geometry geometry) {
    int fewer = Math.min(geometry.inputsOfGroup(), geometry.outputsOfGroup());
    int more = Math.max(geometry.inputsOfGroup(), geometry.outputsOfGroup());
    return geometry.groups() > 1
        && fewer <= MOST_CHANNELS_OF_DEPTHWISE
        && (geometry.taps() > 1 || more == 1);
  }

  /** Whether Toom and Cook save at least a third of the products. */
  private static boolean paysToomCook(Geometry geometry) {
    int side = geometry.input().height();
    return (side == 2 || side == 4)
        && geometry.input().width() == side
        && geometry.output().height() == side
        && geometry.output().width() == side
        && geometry.isDense()
        && geometry.groups() == 1
        && geometry.input().channels() >= LEAST_INPUTS_OF_GEMM
        && !(side == 4 && paysWinograd(geometry))
        && 3 * ToomCook.products(side) <= 2 * geometry.pairs();
  }

  /** Whether Winograd saves at least half of the products. */
  private static boolean paysWinograd(Geometry geometry) {
    int taps = geometry.window().rows();
    return (taps == 3 || taps == 5)
        && geometry.window().columns() == taps
        && geometry.isDense()
        && geometry.inputsOfGroup() >= LEAST_INPUTS_OF_WINOGRAD
        && geometry.outputsOfGroup() >= LEAST_OUTPUTS_OF_WINOGRAD
        && 2 * Winograd.products(geometry) <= geometry.pairs();
  }

  /** Whether the products that Winograd saves outweigh transposing both factors. */
  private static boolean paysWinogradGradient(Geometry geometry) {
    int fewer = Math.min(geometry.input().channels(), geometry.output().channels());
    int more = Math.max(geometry.input().channels(), geometry.output().channels());
    return geometry.groups() == 1
        && geometry.window().rows() == 3
        && paysWinograd(geometry)
        && fewer >= 32
        && (more >= 64 || geometry.outputPixels() <= 256);
  }

  /** Whether what an output reads is used often enough to be copied side by side. */
  private static boolean paysPanels(Geometry geometry, boolean narrow) {
    return narrow
        ? geometry.outputPixels() > 1 && geometry.inputsOfGroup() > 1
        : geometry.inputsOfGroup() >= 16 && geometry.outputsOfGroup() >= 8;
  }

  /** Whether sums over the lanes would cost more than the products. */
  private static boolean paysBatchGemm(Geometry geometry) {
    return geometry.groups() == 1
        && geometry.input().channels() >= LEAST_INPUTS_OF_GEMM
        && (geometry.outputPixels() < FEW_PIXELS
            || geometry.outputPixels() < MANY_PIXELS && geometry.input().channels() >= 32
            || geometry.weights() > MOST_WEIGHTS_IN_LANES);
  }

  /** Whether the output channels fill the registers of a wide tile, and pixels are few. */
  private static boolean paysChannelsInLanes(Geometry geometry, int length) {
    return geometry.groups() == 1
        && geometry.output().channels() >= Lanes.GROUPS * length
        && geometry.outputPixels() <= MANY_PIXELS / 2;
  }

  /** Floats of a layer's weights as the way forward reads them. */
  static long packedWeights(Geometry geometry) {
    if (!paysWinograd(geometry)) {
      return geometry.weights();
    }
    int points = Winograd.points(geometry.window().rows());
    return (long) geometry.weights() / geometry.taps() * points * points;
  }

  /** Multiply-adds of the direct algorithm for one image in one linear map, without padding. */
  long multiplyAdds() {
    return (long) geometry.pairs() * geometry.inputsOfGroup() * geometry.output().channels();
  }
}
