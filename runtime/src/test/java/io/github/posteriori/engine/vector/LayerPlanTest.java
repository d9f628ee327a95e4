package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.InputGradient;
import io.github.posteriori.engine.vector.LayerPlan.Pooling;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which algorithms are chosen, layer by layer; and that what is chosen is what runs. */
class LayerPlanTest {
  /** Floats of a register of AVX-512. */
  private static final int WIDE = 16;

  /**
   * A convolution.
   *
   * @param input {@code channels x height x width}
   * @param window kernel, stride, padding and dilation, one number each for both directions or
   *     {@code rows x columns}
   */
  private static Geometry conv(String input, int out, String window, int groups) {
    int[] size = numbers(input);
    Shape.Image image = Shape.image(size[0], size[1], size[2]);
    String[] parts = window.trim().split(" ");
    int[] kernel = pair(parts[0]);
    int[] stride = pair(parts[1]);
    int[] padding = pair(parts[2]);
    int[] dilation = pair(parts[3]);
    Window taps =
        Window.kernel(kernel[0], kernel[1])
            .stride(stride[0], stride[1])
            .padding(padding[0], padding[1])
            .dilation(dilation[0], dilation[1]);
    return new Geometry(image, output(image, out, taps), taps, groups);
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.trim().split("x")).mapToInt(Integer::parseInt).toArray();
  }

  private static int[] pair(String text) {
    int[] numbers = numbers(text);
    return numbers.length == 1 ? new int[] {numbers[0], numbers[0]} : numbers;
  }

  private static Shape.Image output(Shape.Image input, int channels, Window window) {
    int rows = window.dilationRows() * (window.rows() - 1) + 1;
    int columns = window.dilationColumns() * (window.columns() - 1) + 1;
    return Shape.image(
        channels,
        (input.height() + 2 * window.paddingRows() - rows) / window.strideRows() + 1,
        (input.width() + 2 * window.paddingColumns() - columns) / window.strideColumns() + 1);
  }

  /** A max-pool of {@code kernel} pixels with a stride of two; 0 for none. */
  private static Optional<PoolLayer> pool(Geometry geometry, int kernel) {
    return kernel == 0
        ? Optional.empty()
        : Optional.of(
            new PoolLayer(
                1,
                "pool",
                geometry.output(),
                Window.kernel(kernel, kernel).stride(2, 2),
                PoolLayer.Kind.MAX));
  }

  private static LayerPlan planned(Geometry geometry, int pool, int length, int width) {
    LayerCost cost = new LayerCost(geometry, true, length, width);
    return LayerPlan.of(geometry, pool(geometry, pool), cost);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        // name, input, outputs, "kernel stride padding dilation", groups, pool,
        //     forward, gradient by weights, gradient by input, pooling
        "LeNet conv1,      1x32x32,   6, 5 1 0 1, 1, 2, DIRECT, BATCH_IN_LANES, DIRECT, QUAD",
        "LeNet conv2,      6x14x14,  16, 5 1 0 1, 1, 2, DIRECT, BATCH_IN_LANES, DIRECT, QUAD",
        "LeNet fc1,       400x1x1,  120, 1 1 0 1, 1, 0, PANEL, BATCH_GEMM, PANEL, NONE",
        "LeNet fc3,        84x1x1,   10, 1 1 0 1, 1, 0, DIRECT, BATCH_GEMM, DIRECT, NONE",
        "AlexNet conv1,    3x32x32,  64, 11 4 5 1, 1, 2, DIRECT, CHANNELS_IN_LANES, DIRECT, QUAD",
        "AlexNet conv2,    64x4x4,  192, 5 1 2 1, 1, 2, TOOM_FOUR, TOOM_COOK, TOOM_COOK, QUAD",
        "AlexNet conv3,   192x2x2,  384, 3 1 1 1, 1, 0, KARATSUBA, TOOM_COOK, TOOM_COOK, NONE",
        "AlexNet conv4,   384x2x2,  256, 3 1 1 1, 1, 0, KARATSUBA, TOOM_COOK, TOOM_COOK, NONE",
        "AlexNet conv5,   256x2x2,  128, 3 1 1 1, 1, 2, KARATSUBA, TOOM_COOK, TOOM_COOK, QUAD",
        "3Conv3FC conv1,   3x32x32,  32, 5 1 2 1, 1, 3, DIRECT, ARGMAX, ARGMAX, WINDOW",
        "3Conv3FC conv2,  32x15x15,  64, 5 1 2 1, 1, 3, WINOGRAD, ARGMAX, ARGMAX, WINDOW",
        "3Conv3FC conv3,   64x7x7,  128, 5 1 1 1, 1, 3, WINOGRAD, WINOGRAD, WINOGRAD, WINDOW",
        "3Conv3FC fc1,    512x1x1, 1000, 1 1 0 1, 1, 0, PANEL, BATCH_GEMM, PANEL, NONE",
        "VGG conv1 1,      3x64x64,  64, 3 1 1 1, 1, 0, DIRECT, BATCH_IN_LANES, DIRECT, NONE",
        "VGG conv1 2,     64x64x64,  64, 3 1 1 1, 1, 2, WINOGRAD, WINOGRAD, WINOGRAD, QUAD",
        "VGG conv2 1,     64x32x32, 128, 3 1 1 1, 1, 0, WINOGRAD, WINOGRAD, WINOGRAD, NONE",
        "VGG conv3 1,    128x16x16, 256, 3 1 1 1, 1, 0, WINOGRAD, WINOGRAD, WINOGRAD, NONE",
        "VGG conv5 3,     512x4x4,  512, 3 1 1 1, 1, 2, WINOGRAD, WINOGRAD, WINOGRAD, QUAD",
        "depthwise,       32x16x16,  32, 3 1 1 1, 32, 0, DEPTHWISE, DEPTHWISE, DEPTHWISE, NONE",
        "pooled depthwise, 32x16x16, 32, 3 1 1 1, 32, 2, DEPTHWISE, DEPTHWISE, DEPTHWISE, QUAD",
        "channel multiplier, 8x9x9,  16, 3 2 1 1,  8, 0, DIRECT, BATCH_IN_LANES, DIRECT, NONE",
        "scaled channels,  8x9x9,     8, 1 1 0 1,  8, 0, DEPTHWISE, DEPTHWISE, DEPTHWISE, NONE",
        "pairs by 1x1,     16x9x9,   16, 1 1 0 1,  8, 0, DEPTHWISE, DEPTHWISE, DEPTHWISE, NONE",
        "one to one,       1x16x16,   1, 3 1 1 1,  1, 0, DIRECT, BATCH_IN_LANES, DIRECT, NONE",
        "three of a group, 24x9x9,   64, 3 1 1 1,  8, 0, DIRECT, BATCH_IN_LANES, DIRECT, NONE",
        "four of a group,  32x9x9,   32, 3 1 1 1,  8, 0, DIRECT, BATCH_IN_LANES, DIRECT, NONE",
        "two groups,      32x15x15,  32, 5 1 2 1, 2, 0, WINOGRAD, BATCH_IN_LANES, WINOGRAD, NONE",
        "narrow groups,   32x15x15, 128, 5 1 2 1, 4, 0, WINOGRAD, BATCH_IN_LANES, WINOGRAD, NONE",
        "dilated,         32x15x15,  32, 3 1 2 2, 1, 0, DIRECT, ROW_TAPS, DIRECT, NONE",
        "dilated columns, 8x32x32,   32, 3 1 1x2 1x2, 1, 3, DIRECT, ROW_TAPS, DIRECT, WINDOW",
        "dilated rows,    8x32x32,   32, 3 1 2x1 2x1, 1, 3, DIRECT, ARGMAX, ARGMAX, WINDOW",
        "strided,         32x15x15,  32, 3 2 1 1, 1, 0, DIRECT, BATCH_GEMM, DIRECT, NONE",
        "1x1,             64x16x16,  64, 1 1 0 1, 1, 0, PANEL, BATCH_IN_LANES, PANEL, NONE",
        "1x1 on 2x2,       64x2x2,   64, 1 1 0 1, 1, 0, DIRECT, BATCH_GEMM, DIRECT, NONE",
        "one-dimensional, 1x1x128,   16, 1x5 1 0x2 1, 1, 0, DIRECT, BATCH_IN_LANES, DIRECT, NONE",
        "wide signal,     16x1x128,  64, 1x5 1 0x2 1, 1, 0, DIRECT, ROW_TAPS, DIRECT, NONE",
        "oblong taps,     16x4x4,    16, 3x5 1 1x2 1, 1, 0, DIRECT, ROW_TAPS, DIRECT, NONE",
        "few inputs,       8x4x4,    16, 5 1 2 1, 1, 0, DIRECT, ROW_TAPS, DIRECT, NONE",
        "wide linear,    4096x1x1, 4096, 1 1 0 1, 1, 0, PANEL, BATCH_GEMM, PANEL, NONE",
        "few features,      8x1x1,   64, 1 1 0 1, 1, 0, DIRECT, CHANNELS_IN_LANES, DIRECT, NONE"
      })
  void choosesByShape(
      String name,
      String input,
      int outputs,
      String window,
      int groups,
      int pool,
      Forward forward,
      WeightGradient weightGradient,
      InputGradient inputGradient,
      Pooling pooling) {
    Geometry geometry = conv(input, outputs, window, groups);
    LayerPlan plan = planned(geometry, pool, WIDE, 4 * WIDE);
    assertEquals(
        List.of(forward, weightGradient, inputGradient, pooling),
        List.of(plan.forward(), plan.weightGradient(), plan.inputGradient(), plan.pooling()),
        name + ": " + PlanDescription.reason(plan));
  }

  @ParameterizedTest(name = "{0} in registers of {1}")
  @CsvSource({
    // Output channels that fill most lanes, or do not.
    "10 outputs, 16, 3x32x32, 10, 11 4 5 1, 0, DIRECT, BATCH_IN_LANES",
    "64 outputs, 16, 3x32x32, 64, 11 4 5 1, 0, DIRECT, CHANNELS_IN_LANES",
    // A row of taps and channels that fills its registers, or leaves most lanes empty.
    "short runs, 4, 1x32x32, 4, 5 1 2 1, 3, DIRECT, ARGMAX",
    "short runs, 8, 1x32x32, 4, 5 1 2 1, 3, DIRECT, ARGMAX",
    "short runs, 16, 1x32x32, 4, 5 1 2 1, 3, DIRECT, BATCH_IN_LANES"
  })
  void choosesByTheLengthOfRegisters(
      String name,
      int length,
      String input,
      int outputs,
      String window,
      int pool,
      Forward forward,
      WeightGradient weightGradient) {
    Geometry geometry = conv(input, outputs, window, 1);
    LayerPlan plan = planned(geometry, pool, length, 4 * length);
    assertEquals(
        List.of(forward, weightGradient), List.of(plan.forward(), plan.weightGradient()), name);
  }

  /** Narrow blocks have as few images as a register has lanes. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "stem, 3x32x32, 16, 3 1 1 1, 1, 0, WINOGRAD, BATCH_IN_LANES, WINOGRAD",
    "pooled, 3x32x32, 32, 5 1 2 1, 1, 3, WINOGRAD, BATCH_IN_LANES, WINOGRAD",
    "residual, 16x32x32, 16, 3 1 1 1, 1, 0, WINOGRAD, ROW_TAPS, WINOGRAD",
    "more channels, 32x16x16, 32, 3 1 1 1, 1, 0, WINOGRAD, WINOGRAD, WINOGRAD",
    "strided, 16x32x32, 32, 3 2 1 1, 1, 0, PANEL, BATCH_IN_LANES, PANEL",
    "grey, 1x28x28, 8, 5 1 0 1, 1, 0, DIRECT, BATCH_IN_LANES, DIRECT",
    "linear, 64x1x1, 10, 1 1 0 1, 1, 0, DIRECT, BATCH_GEMM, DIRECT",
    "depthwise, 32x16x16, 32, 3 1 1 1, 32, 0, DEPTHWISE, DEPTHWISE, DEPTHWISE"
  })
  void narrowBlocksChooseByShape(
      String name,
      String input,
      int outputs,
      String window,
      int groups,
      int pool,
      Forward forward,
      WeightGradient weightGradient,
      InputGradient inputGradient) {
    Geometry geometry = conv(input, outputs, window, groups);
    LayerPlan plan = planned(geometry, pool, WIDE, WIDE);
    assertEquals(
        List.of(forward, weightGradient, inputGradient),
        List.of(plan.forward(), plan.weightGradient(), plan.inputGradient()),
        name);
  }

  /** On this machine, whatever its registers. */
  @ParameterizedTest
  @CsvSource({
    "1x32x32, 6, 5 1 0 1, 1, 2",
    "3x32x32, 64, 11 4 5 1, 1, 2",
    "3x32x32, 32, 5 1 2 1, 1, 3",
    "32x15x15, 64, 5 1 2 1, 1, 3",
    "64x7x7, 128, 5 1 1 1, 1, 3",
    "16x4x4, 24, 5 1 2 1, 1, 2",
    "16x2x2, 24, 3 1 1 1, 1, 0",
    "32x16x16, 32, 3 1 1 1, 32, 0",
    "400x1x1, 120, 1 1 0 1, 1, 0"
  })
  void whatIsChosenRuns(String input, int outputs, String window, int groups, int pool) {
    Geometry geometry = conv(input, outputs, window, groups);
    LayerPlan plan = LayerPlan.of(geometry, pool(geometry, pool));
    LinearWeights weights = LinearWeights.of(plan, false);
    LaneBlock block = new LaneBlock(Lanes.LENGTH);
    block.set(0, 0, 1, NoiseKey.evaluation(0, 0), 1, Purpose.TRAINING);
    LinearPass pass = weights.pass(block);
    switch (plan.forward()) {
      case DIRECT -> {
        assertEquals(DirectWeights.class, weights.getClass());
        assertEquals(DirectPass.class, pass.getClass());
      }
      case DEPTHWISE -> assertInstanceOf(DepthwisePass.class, pass);
      case PANEL -> assertInstanceOf(PanelWeights.class, weights);
      case WINOGRAD -> assertInstanceOf(WinogradWeights.class, weights);
      case KARATSUBA -> assertInstanceOf(Karatsuba.class, ((ToomCookWeights) weights).algorithm());
      case TOOM_FOUR -> assertInstanceOf(ToomFour.class, ((ToomCookWeights) weights).algorithm());
    }
    boolean overTheBatch =
        plan.weightGradient() == WeightGradient.BATCH_GEMM
            || plan.weightGradient() == WeightGradient.TOOM_COOK;
    assertEquals(overTheBatch, weights.products() > 0, "products over the batch");
    switch (plan.weightGradient()) {
      case BATCH_IN_LANES ->
          assertInstanceOf(BatchInLanesGradient.class, BlockGradient.of(plan, block, false));
      case CHANNELS_IN_LANES ->
          assertInstanceOf(ChannelsInLanesGradient.class, BlockGradient.of(plan, block, false));
      case ROW_TAPS ->
          assertInstanceOf(RowTapsGradient.class, BlockGradient.of(plan, block, false));
      case WINOGRAD ->
          assertInstanceOf(WinogradGradient.class, BlockGradient.of(plan, block, false));
      case DEPTHWISE, BATCH_GEMM, ARGMAX, TOOM_COOK ->
          assertThrows(IllegalArgumentException.class, () -> BlockGradient.of(plan, block, false));
    }
    if (weights instanceof DirectWeights direct) {
      assertEquals(
          plan.inputGradient() == InputGradient.ARGMAX,
          direct.patches() != null,
          "weights laid out for the argmax");
    }
    RowPool rows = RowPool.of(plan, new TileRows(3, geometry.output().width()), Lanes.LENGTH);
    switch (plan.pooling()) {
      case NONE -> assertNull(rows);
      case QUAD -> assertInstanceOf(QuadPool.class, rows);
      case WINDOW -> assertInstanceOf(WindowPool.class, rows);
    }
  }

  private static List<NetworkLayer[]> stages(ModuleBuilder build) {
    Filters filters = Filters.of(6, Window.kernel(5, 5));
    NetworkLayer conv1 = build.bayesConv("conv1", Shape.image(1, 12, 12), filters);
    NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.RELU);
    NetworkLayer pool1 = build.maxPool("pool1", act1.output(), Window.kernel(2, 2).stride(2, 2));
    NetworkLayer conv2 =
        build.bayesConv("conv2", pool1.output(), Filters.of(4, Window.kernel(3, 3)));
    NetworkLayer pool2 = build.avgPool("pool2", conv2.output(), Window.kernel(2, 2));
    NetworkLayer flatten = build.flatten("flatten", pool2.output());
    NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 10, true);
    return List.of(
        new NetworkLayer[] {conv1, act1, pool1},
        new NetworkLayer[] {conv2, pool2},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc});
  }

  @Test
  void findsTheMaxPoolBehindTheActivationAndNoOtherPool() {
    Chain module = Chain.of(ModuleOptions.defaults(), LayerPlanTest::stages);
    List<Optional<PoolLayer>> pools =
        module.network().layers().stream()
            .filter(AffineLayer.class::isInstance)
            .map(
                layer ->
                    LayerPlan.of((AffineLayer) layer, module.network().stages(), Lanes.FULL).pool())
            .toList();
    PoolLayer first = (PoolLayer) module.network().layers().get(2);
    assertEquals(List.of(Optional.of(first), Optional.empty(), Optional.empty()), pools);
  }

  @Test
  void smallBatchesArePlannedForNarrowBlocks() {
    Chain module = Chain.of(ModuleOptions.defaults(), LayerPlanTest::stages);
    List<String> lines = new VectorRunner(module.network()).explain(2 * Lanes.FULL - 1);
    for (String line : lines) {
      assertTrue(line.contains("blocks of " + Lanes.LENGTH + " images"), line);
    }
  }

  @Test
  void theEngineExplainsEachAffineLayerInALine() {
    Chain module = Chain.of(ModuleOptions.defaults(), LayerPlanTest::stages);
    List<String> lines = new VectorRunner(module.network()).explain(2 * Lanes.FULL);
    assertEquals(3, lines.size(), () -> String.join("\n", lines));
    assertEquals(
        "conv1: [6, 8, 8], 9,600 multiply-adds, blocks of "
            + Lanes.FULL
            + " images, forward DIRECT, weight gradient BATCH_IN_LANES,"
            + " input gradient DIRECT, pool QUAD (1 to 6 channels; ",
        lines.get(0).substring(0, lines.get(0).indexOf("estimated at")));
    assertTrue(
        lines.get(0).matches(".* estimated at [0-9.]+ us an image, [A-Z_]+ with .* us\\)"),
        lines.get(0));
    assertTrue(lines.get(1).startsWith("conv2: [4, 2, 2], 864 multiply-adds"), lines.get(1));
    assertTrue(lines.get(2).startsWith("fc: [10]"), lines.get(2));
  }

  @Test
  void theReasonNamesTheProductsThatAreSavedOrTheChannels() {
    Geometry small = conv("64x4x4", 192, "5 1 2 1", 1);
    assertEquals(
        "49 products for 196 pairs of pixels", PlanDescription.reason(LayerPlan.of(small)));
    Geometry depthwise = conv("32x16x16", 64, "3 1 1 1", 32);
    assertEquals("32 to 64 channels in 32 groups", PlanDescription.reason(LayerPlan.of(depthwise)));
    Geometry pooled = conv("32x15x15", 64, "5 1 2 1", 1);
    assertEquals(
        "1,225 products for 4,761 pairs of pixels; 49 windows for 225 output pixels",
        PlanDescription.reason(planned(pooled, 3, WIDE, 4 * WIDE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARGMAX", "TOOM_COOK", "DEPTHWISE"})
  void whatDoesNotGoTogetherIsRefused(WeightGradient weightGradient) {
    Geometry geometry = conv("6x14x14", 16, "5 1 0 1", 1);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LayerPlan(geometry, Optional.empty(), Forward.DIRECT, weightGradient));
    assertTrue(refused.getMessage().contains(weightGradient.name()), refused.getMessage());
  }
}
