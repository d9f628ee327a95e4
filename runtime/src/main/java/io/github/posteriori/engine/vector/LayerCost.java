package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.function.IntToDoubleFunction;

/**
 * Estimates the time that an algorithm takes for one linear map, in nanoseconds for as many images
 * as a register has lanes.
 *
 * <p>Each estimate is a sum of what the algorithm does, counted from the shapes, times what that
 * costs: a cycle of its kernel, a call, a register that is copied or transformed. The prices are
 * fitted to measurements of 122 layers, most of them drawn at random, on one core of an Intel Xeon
 * (Sapphire Rapids, AVX-512, 2 MB of second-level cache). Only their ratios decide.
 */
final class LayerCost {
  /** Bytes of a block's inputs and outputs up to which they stay in the second-level cache. */
  private static final double CACHE = 2e6;

  /** Bytes of packed weights up to which they stay there. */
  private static final double WEIGHTS = 1.2e6;

  /** Bytes between two lines that the first-level cache keeps in the same place. */
  private static final int ALIASED = 4096;

  /** Channels from which lines in the same place drive each other out. */
  private static final int LEAST_ALIASED = 8;

  /** Bytes of sums that the second-level cache does not hold beside the factors. */
  private static final double LARGE_SUMS = 1e6;

  /** Floats of dy that {@link ChannelsInLanesGradient} transposes together. */
  private static final int TRANSPOSED = 1 << 15;

  /** Registers in a row from which {@link BatchInLanesGradient} reads without tables. */
  private static final int LONG_ROW = 16;

  /** Registers that {@link BatchInLanesGradient} takes at a time. */
  private static final int NEAR = 64;

  private final Geometry geometry;
  private final int length;

  /** Registers side by side in a block. */
  private final int registers;

  private final int groups;
  private final int inputs;
  private final int outputs;
  private final int fanIn;
  private final long pairs;
  private final int outputPixels;
  private final Direction forward;
  private final Direction backward;
  private final boolean wantsInputGradient;

  /**
   * One way through the map, from inputs to outputs or from gradients to gradients.
   *
   * @param from channels of a group that are read
   * @param to channels of a group that are computed
   */
  private record Direction(int from, int to, int pixelsFrom, int rowsTo, int columnsTo) {
    static Direction between(Shape.Image from, Shape.Image to, int groups) {
      return new Direction(
          from.channels() / groups,
          to.channels() / groups,
          from.height() * from.width(),
          to.height(),
          to.width());
    }

    int pixelsTo() {
      return rowsTo * columnsTo;
    }
  }

  /**
   * Prepares the estimates of a layer.
   *
   * @param wantsInputGradient whether the gradient by inputs is computed in training
   * @param length floats of a register
   * @param width lanes of a block
   */
  LayerCost(Geometry geometry, boolean wantsInputGradient, int length, int width) {
    this.geometry = geometry;
    this.length = length;
    this.registers = width / length;
    this.groups = geometry.groups();
    this.inputs = geometry.inputsOfGroup();
    this.outputs = geometry.outputsOfGroup();
    this.fanIn = geometry.fanIn();
    this.pairs = geometry.pairs();
    this.forward = Direction.between(geometry.input(), geometry.output(), groups);
    this.backward = Direction.between(geometry.output(), geometry.input(), groups);
    this.wantsInputGradient = wantsInputGradient;
    this.outputPixels = geometry.outputPixels();
  }

  /** Floats of a register. */
  int length() {
    return length;
  }

  boolean isOfFullBlocks() {
    return registers > 1;
  }

  /** Estimates the time of a plan: of outputs and the gradients that are wanted. */
  double of(LayerPlan plan) {
    return plan.weightGradient() == WeightGradient.ARGMAX
        ? outputs(plan.forward()) + 2 * batchInLanes()
        : map(plan.forward()) + weightGradient(plan.weightGradient());
  }

  /** Estimates the time of outputs alone. */
  double outputs(Forward algorithm) {
    return map(algorithm, forward);
  }

  /** Estimates the time of outputs and, if it is wanted, of the gradient by inputs. */
  double map(Forward algorithm) {
    return outputs(algorithm) + (wantsInputGradient ? map(algorithm, backward) : 0);
  }

  private double map(Forward algorithm, Direction way) {
    return switch (algorithm) {
      case DIRECT -> direct(way);
      case PANEL -> panels(way);
      case WINOGRAD -> winograd(way);
      case DEPTHWISE -> depthwise(way);
      case KARATSUBA, TOOM_FOUR -> toomCook(way);
    };
  }

  /** Estimates the time of the gradient by weights. */
  double weightGradient(WeightGradient gradient) {
    return switch (gradient) {
      case BATCH_IN_LANES -> batchInLanes();
      case CHANNELS_IN_LANES -> channelsInLanes();
      case ROW_TAPS -> rowTaps();
      case BATCH_GEMM -> batchGemm();
      case WINOGRAD -> winogradGradient();
      case DEPTHWISE -> depthwiseGradient();
      case TOOM_COOK -> toomCookGradient();
      case ARGMAX ->
          throw new IllegalArgumentException(
              "found ARGMAX, expected a gradient that does not depend on a pool");
    };
  }

  private double direct(Direction way) {
    double cycles = groups * pairs * way.from * tiles(way.to, directRows(), this::directCycles);
    double tiles = tiles(way.to, directRows(), rows -> 1);
    double calls = groups * way.pixelsTo() * tiles / registers;
    boolean aliased =
        way.from >= LEAST_ALIASED && (long) way.pixelsFrom * width() * Float.BYTES % ALIASED == 0;
    double again = aliased ? groups * (double) way.pixelsTo() * way.from * tiles : 0;
    return 0.527 * cycles
        + 8.9 * calls
        + 0.58 * groups * way.pixelsTo() * way.to
        + 1.23 * again
        + 1.9 * beyondCache();
  }

  private double panels(Direction way) {
    double copied = (double) groups * way.from * geometry.taps() * outputPixels;
    double idle = registers == 1 ? (way.columnsTo + way.columnsTo % 2) / (double) way.columnsTo : 1;
    double cycles = copied * idle * tiles(way.to, panelRows(), LayerCost::panelCycles);
    return 0.41 * cycles
        + 1.7 * copied
        + 5.4 * groups * way.pixelsTo() * way.to
        + 2.4 * beyondCache();
  }

  private double winograd(Direction way) {
    int taps = geometry.window().rows();
    int across = Winograd.patches(way.columnsTo, taps);
    int patches =
        Winograd.patches(way.rowsTo, taps) * (registers == 1 ? across + across % 2 : across);
    double points = (double) groups * Winograd.points(taps) * Winograd.points(taps) * patches;
    double cycles = points * way.from * tiles(way.to, panelRows(), LayerCost::panelCycles);
    double calls = points * tiles(way.to, panelRows(), rows -> 1) / 2;
    return 0.49 * cycles
        + 11.8 * calls
        + 5.5 * points * way.from
        + 10.5 * groups * way.pixelsTo() * way.to
        + 5 * beyondCache();
  }

  private double depthwise(Direction way) {
    double products = (double) groups * pairs * inputs * outputs;
    double calls =
        (double) groups * inputs * outputs * way.rowsTo * geometry.window().rows() / registers;
    boolean strided = geometry.window().strideColumns() > 1;
    return (strided ? 0.78 : 0.38) * products
        + 1.6 * groups * way.pixelsTo() * way.to
        + 4 * calls
        + 5 * beyondCache();
  }

  private double toomCook(Direction way) {
    int products = ToomCook.products(geometry.input().height());
    double cycles = products * way.from * tiles(way.to, panelRows(), LayerCost::panelCycles);
    double weights = (double) products * inputs * outputs;
    double far = weights * beyond(WEIGHTS, Float.BYTES * weights) / registers;
    return 0.29 * cycles + products * (9.0 * inputs + 11.5 * outputs) + 0.45 * far;
  }

  private double batchInLanes() {
    double wide = fanIn / 4 * tiles(outputs, directRows(), r -> lanesCycles(r, 4));
    double narrow = fanIn % 4 * tiles(outputs, directRows(), r -> lanesCycles(r, 1));
    double cycles = groups * (double) outputPixels * (wide + narrow);
    double tiles = tiles(outputs, directRows(), r -> 1) * (fanIn / 4 + fanIn % 4);
    double rounds = Math.max(1, outputPixels * registers / (double) NEAR);
    double sums = (double) geometry.weights() / registers;
    boolean byRow =
        geometry.window().strideColumns() == 1 && geometry.output().width() * registers >= LONG_ROW;
    boolean large = (double) geometry.weights() * length * Float.BYTES > LARGE_SUMS;
    return (byRow ? 0.57 : 0.74) * cycles
        + 101 * groups * tiles * rounds / registers
        + (large ? 8.2 : 2.4) * sums
        + 1.8 * geometry.input().size();
  }

  private double channelsInLanes() {
    int columns = (outputs + length - 1) / length;
    columns += columns % 4 == 3 ? 1 : 0;
    double perTerm =
        columns / 4 * tiles(fanIn, directRows(), r -> lanesCycles(r, 4))
            + columns % 4 * tiles(fanIn, directRows(), r -> lanesCycles(r, 1));
    double cycles = (double) outputPixels * length * perTerm;
    double row = (double) columns * length * geometry.output().width() * width();
    double rows = Math.max(1, Math.floor(TRANSPOSED / row));
    double visits = Math.max(1, geometry.output().height() / rows);
    double sums = (double) geometry.weights() / registers;
    return 0.42 * cycles
        + 5.2 * fanIn * outputPixels
        + 0.62 * outputs * outputPixels * length
        + (1.4 + 5.4 * visits / length) * sums
        + 1.3 * geometry.input().size();
  }

  private double rowTaps() {
    Window window = geometry.window();
    double triples = Math.ceil((outputs + length - 1) / length * window.columns() / 3.0);
    double rows = 0; // of x, for each row of taps that reads it
    for (TapRange range : geometry.rows()) {
      rows += range.count();
    }
    double terms = rows * geometry.input().width() * length;
    double cycles = terms * triples * tiles(inputs, panelRows(), LayerCost::rowTapsCycles);
    double calls = rows * triples * tiles(inputs, panelRows(), r -> 1) / registers;
    double sums = (double) window.rows() * triples * 3 * inputs * length / registers;
    return 0.47 * cycles + 45 * calls + 0.5 * outputs * outputPixels * length + 2 * sums;
  }

  private double batchGemm() {
    double calls = runs() * panelsOfInputs() * tiles(outputs, panelRows(), r -> 1) / registers;
    return 0.54 * gemmCycles(pairs)
        + 0.45 * length * (geometry.input().size() + geometry.output().size())
        + 40 * calls
        + 21 * beyondCache();
  }

  /** Runs of neighbouring pixels that all taps connect with neighbours. */
  private double runs() {
    int columns = geometry.window().columns();
    int rows = geometry.input().height() == 1 ? 1 : geometry.output().height();
    if (geometry.window().strideColumns() > 1) {
      return (double) geometry.taps() * rows * geometry.output().width();
    }
    boolean isSame = geometry.isDense() && geometry.output().width() == geometry.input().width();
    int whole = isSame ? 1 : 0;
    return geometry.window().rows() * (whole + (columns - whole) * (double) rows);
  }

  private double winogradGradient() {
    int taps = geometry.window().rows();
    int points = Winograd.points(taps);
    int side = Winograd.outputs(taps);
    double patches =
        (double) Winograd.patches(geometry.output().height(), taps)
            * Winograd.patches(geometry.output().width(), taps);
    double lanes = 2.0 * panelsOfInputs() * length;
    double turned = patches * side * (points * lanes + (double) side * outputs) * length;
    double sums = points * points * lanes / length * outputs / registers;
    return 0.64 * gemmCycles(patches * points * points)
        + 6.7 * patches * points * points * lanes
        + 0.37 * turned
        + 22 * sums
        + 10.6 * beyondCache();
  }

  private double depthwiseGradient() {
    return 0.62 * groups * pairs * inputs * outputs + 18.7 * geometry.weights() / registers;
  }

  private double toomCookGradient() {
    int products = ToomCook.products(geometry.input().height());
    return 0.84 * gemmCycles(products) + 0.4 * products * (inputs + outputs) * length;
  }

  /** Cycles of a GEMM with images as terms, whose columns are panels of inputs. */
  private double gemmCycles(double products) {
    return products
        * length
        * 2
        * panelsOfInputs()
        * tiles(outputs, panelRows(), LayerCost::panelCycles);
  }

  private int panelsOfInputs() {
    return (inputs + 2 * length - 1) / (2 * length);
  }

  private int width() {
    return registers * length;
  }

  /** Registers of inputs and outputs that come from beyond the cache. */
  private double beyondCache() {
    double floats = (double) geometry.input().size() + geometry.output().size();
    return floats * beyond(CACHE, floats * width() * Float.BYTES);
  }

  /** The share of some bytes that a cache does not hold. */
  private static double beyond(double cache, double bytes) {
    return Math.max(0, 1 - cache / bytes);
  }

  /** The most rows of a tile of the kernels that read offsets from tables. */
  private int directRows() {
    return length >= 16 ? 6 : 2;
  }

  /** The most rows of a tile of the kernels of panels. */
  private int panelRows() {
    return length >= 16 ? 8 : 4;
  }

  /** Sums up what the tiles cost into which some channels are cut. */
  private static double tiles(int channels, int most, IntToDoubleFunction cost) {
    double sum = 0;
    for (int rest = channels; rest > 0; ) {
      int rows = Math.min(rest, most);
      rows = rows >= 8 ? 8 : rows >= 6 ? 6 : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
      int times = rows == most ? rest / rows : 1;
      sum += times * cost.applyAsDouble(rows);
      rest -= times * rows;
    }
    return sum;
  }

  /**
   * Cycles a term and register of a tile that reads offsets from tables: two multiply-adds or two
   * loads a cycle, and four cycles until a sum is ready again.
   */
  private double directCycles(int rows) {
    return Math.max(Math.max(rows * registers, registers + rows + 2) / 2.0, 4) / registers;
  }

  /** Cycles a term and register of a tile of two registers. */
  private static double panelCycles(int rows) {
    return Math.max(Math.max(rows, (2 + rows) / 2.0), 4) / 2;
  }

  /** Cycles a term of a tile of {@link RowTapsGradient}: three columns of one register. */
  private static double rowTapsCycles(int rows) {
    return Math.max(3 * rows / 2.0, 4);
  }

  /** Cycles a term of a tile whose sums are all in registers. */
  private static double lanesCycles(int rows, int columns) {
    return Math.max(Math.max(rows * columns, columns + rows) / 2.0, 4);
  }
}
