package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Stage;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plan of an affine layer: the algorithms that compute it. Of those that can, it names the ones
 * that take least time by estimate ({@link LayerCost}) at the width of the network's blocks ({@link
 * BlockWidth}):
 *
 * <pre>
 *                   can compute                                    gradient by weights beside it
 *   DIRECT, PANEL   everything                                     all below
 *   WINOGRAD        3 x 3 or 5 x 5 dense taps                      all below
 *   DEPTHWISE       several groups of a few channels               DEPTHWISE
 *   KARATSUBA       2 x 2 to 2 x 2, dense taps, many inputs        TOOM_COOK
 *   TOOM_FOUR       4 x 4 to 4 x 4, dense taps, many inputs        TOOM_COOK
 *
 *   BATCH_IN_LANES      weights whose sums can be held in lanes
 *   CHANNELS_IN_LANES   one group
 *   ROW_TAPS            one group, columns that are not strided
 *   BATCH_GEMM          one group, few pixels or many weights
 *   WINOGRAD            one group, 3 x 3 or 5 x 5 dense taps
 * </pre>
 *
 * A transposed convolution is planned as the convolution whose adjoint it is; {@link AdjointPass}
 * turns its products round.
 *
 * <p>Where few outputs of a full block are the argmax of a max-pool, both gradients follow only
 * those: ARGMAX. Else the gradient by the input is computed as the outputs are.
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

  /** Inputs or outputs of a group up to which a group is filtered row by row. */
  private static final int MOST_CHANNELS_OF_DEPTHWISE = 8;

  /** Input channels from which Toom and Cook's maps fill their tiles. */
  private static final int LEAST_INPUTS_OF_TOOM_COOK = 16;

  /** Output pixels up to which the factors of a whole batch are kept for one GEMM. */
  private static final int MOST_PIXELS_OF_GEMM = 255;

  /** Weights whose sums, one for each lane, can be held for each worker. */
  private static final int MOST_WEIGHTS_IN_LANES = 300_000;

  /** Channels of a group from which Winograd's filters compute all outputs faster. */
  private static final int LEAST_INPUTS_OF_WINOGRAD = 16;

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

    /** Whether the gradient by weights may be computed in another way. */
    private boolean takesAnyGradient() {
      return this != DEPTHWISE && !isToomCook();
    }

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
    /** Transposes rows of dy, which all taps of a filter's row read: {@link RowTapsGradient}. */
    ROW_TAPS,
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

  /** Returns the plan of the convolution whose adjoint the layer is, alone. */
  LayerPlan ofConvolution() {
    return new LayerPlan(geometry.convolution(), Optional.empty(), forward, weightGradient);
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
    return of(Geometry.of(layer), maxPoolBehind(layer, stages), cost(layer, stages, width));
  }

  /** Estimates what the plans of a layer of a network take. */
  static LayerCost cost(AffineLayer layer, List<Stage> stages, int width) {
    boolean isFirst =
        stages.stream()
            .filter(stage -> stage.inputs().contains(Stage.INPUT))
            .flatMap(
                stage -> stage.layers().stream().filter(AffineLayer.class::isInstance).limit(1))
            .anyMatch(first -> first == layer);
    Geometry geometry = Geometry.of(layer);
    // The outputs of a transposed convolution are the convolution's gradient by its input.
    boolean wantsInputGradient = !isFirst || geometry.isAdjoint();
    return new LayerCost(geometry, wantsInputGradient, Lanes.LENGTH, width);
  }

  /** Plans a layer without a max-pool. */
  static LayerPlan of(Geometry geometry) {
    return of(geometry, Optional.empty());
  }

  /** Plans a layer for full blocks of this machine. */
  static LayerPlan of(Geometry geometry, Optional<PoolLayer> pool) {
    return of(geometry, pool, new LayerCost(geometry, true, Lanes.LENGTH, Lanes.FULL));
  }

  /**
   * Plans a layer.
   *
   * @param pool the max-pool behind it, in its chain
   * @param cost of the layer, which knows the registers and the blocks
   */
  static LayerPlan of(Geometry geometry, Optional<PoolLayer> pool, LayerCost cost) {
    if (cost.isOfFullBlocks()
        && !geometry.isAdjoint()
        && pool.isPresent()
        && paysArgmax(geometry, pool.get(), cost.length())) {
      Forward forward =
          Collections.min(
              forwards(geometry).stream().filter(Forward::takesAnyGradient).toList(),
              Comparator.comparingDouble(cost::outputs));
      return new LayerPlan(geometry, pool, forward, WeightGradient.ARGMAX);
    }
    return candidates(geometry, pool).min(Comparator.comparingDouble(cost::of)).orElseThrow();
  }

  /** Lists the plans that can compute a layer, but those that follow the argmax of a pool. */
  static Stream<LayerPlan> candidates(Geometry geometry, Optional<PoolLayer> pool) {
    return forwards(geometry).stream()
        .flatMap(
            forward ->
                weightGradients(geometry, forward).stream()
                    .map(gradient -> new LayerPlan(geometry, pool, forward, gradient)));
  }

  private static List<Forward> forwards(Geometry geometry) {
    List<Forward> found = new ArrayList<>(List.of(Forward.DIRECT, Forward.PANEL));
    if (allowsWinograd(geometry)) {
      found.add(Forward.WINOGRAD);
    }
    if (allowsDepthwise(geometry)) {
      found.add(Forward.DEPTHWISE);
    }
    if (allowsToomCook(geometry)) {
      found.add(geometry.input().height() == 2 ? Forward.KARATSUBA : Forward.TOOM_FOUR);
    }
    return found;
  }

  private static List<WeightGradient> weightGradients(Geometry geometry, Forward forward) {
    if (forward == Forward.DEPTHWISE) {
      return List.of(WeightGradient.DEPTHWISE);
    }
    if (forward.isToomCook()) {
      return List.of(WeightGradient.TOOM_COOK);
    }
    if (geometry.groups() > 1) {
      return List.of(WeightGradient.BATCH_IN_LANES);
    }
    List<WeightGradient> found = new ArrayList<>(List.of(WeightGradient.CHANNELS_IN_LANES));
    boolean isLarge = geometry.weights() > MOST_WEIGHTS_IN_LANES;
    if (!isLarge) {
      found.add(WeightGradient.BATCH_IN_LANES);
    }
    if (isLarge || geometry.outputPixels() <= MOST_PIXELS_OF_GEMM) {
      found.add(WeightGradient.BATCH_GEMM);
    }
    if (geometry.window().strideColumns() == 1) {
      found.add(WeightGradient.ROW_TAPS);
    }
    if (allowsWinograd(geometry)) {
      found.add(WeightGradient.WINOGRAD);
    }
    return found;
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
        || geometry.inputsOfGroup() >= LEAST_INPUTS_OF_WINOGRAD
            && geometry.window().rows() == 3
            && allowsWinograd(geometry)
        || geometry.window().dilationColumns() > 1
        || windows < LEAST_WINDOWS_OF_ARGMAX) {
      return false;
    }
    int run = PooledBackward.run(geometry);
    int registers = (run + length - 1) / length;
    double thinned = (double) geometry.outputPixels() / windows;
    return thinned * run / (registers * length) >= LEAST_GAIN_OF_ARGMAX;
  }

  private static boolean allowsDepthwise(Geometry geometry) {
    return geometry.groups() > 1
        && Math.min(geometry.inputsOfGroup(), geometry.outputsOfGroup())
            <= MOST_CHANNELS_OF_DEPTHWISE;
  }

  /**
   * Whether Toom and Cook save at least a third of the products. Their gradient by the input takes
   * the parts that the gradient by the weights leaves, so they are of no use to an adjoint.
   */
  private static boolean allowsToomCook(Geometry geometry) {
    int side = geometry.input().height();
    return (side == 2 || side == 4)
        && !geometry.isAdjoint()
        && geometry.input().width() == side
        && geometry.output().height() == side
        && geometry.output().width() == side
        && geometry.isDense()
        && geometry.groups() == 1
        && geometry.input().channels() >= LEAST_INPUTS_OF_TOOM_COOK
        && 3 * ToomCook.products(side) <= 2 * geometry.pairs();
  }

  /** Whether Winograd saves products. */
  private static boolean allowsWinograd(Geometry geometry) {
    int taps = geometry.window().rows();
    return (taps == 3 || taps == 5)
        && geometry.window().columns() == taps
        && geometry.isDense()
        && Winograd.products(geometry) < geometry.pairs();
  }

  /** Multiply-adds of the direct algorithm for one image in one linear map, without padding. */
  long multiplyAdds() {
    return (long) geometry.pairs() * geometry.inputsOfGroup() * geometry.output().channels();
  }
}
