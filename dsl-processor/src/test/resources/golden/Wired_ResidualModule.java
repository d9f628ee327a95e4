package io.github.posteriori.golden;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.build.Inflow;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.build.ModuleDescription;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * The module of {@link Wired.Residual}, for inputs of shape [channels, height, width].
 *
 * <table>
 * <caption>Layers, for one example</caption>
 * <tr><th>field</th><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th></tr>
 * <tr><td>conv1</td><td>BayesConv conv1Out, 3x3, padding 1x1, no bias</td><td>[conv1Out, height, width]</td><td>18 * channels * conv1Out</td><td>9 * channels * conv1Out * height * width</td></tr>
 * <tr><td>bn1</td><td>BatchNorm</td><td>[conv1Out, height, width]</td><td>2 * conv1Out</td><td>0</td></tr>
 * <tr><td>act1</td><td>Activate MODEL</td><td>[conv1Out, height, width]</td><td>0</td><td>0</td></tr>
 * <tr><td>conv2</td><td>BayesConv conv2Out, 3x3, padding 1x1, no bias</td><td>[conv2Out, height, width]</td><td>18 * conv1Out * conv2Out</td><td>9 * conv1Out * conv2Out * height * width</td></tr>
 * <tr><td>bn2</td><td>BatchNorm</td><td>[conv2Out, height, width]</td><td>2 * conv2Out</td><td>0</td></tr>
 * <tr><td>shortcut</td><td>BayesConv shortcutOut, 1x1, from input</td><td>[shortcutOut, height, width]</td><td>2 * channels * shortcutOut + 2 * shortcutOut</td><td>channels * height * shortcutOut * width</td></tr>
 * <tr><td>sum</td><td>Add bn2 and shortcut</td><td>[conv2Out, height, width]</td><td>0</td><td>0</td></tr>
 * <tr><td>act2</td><td>Activate MODEL</td><td>[conv2Out, height, width]</td><td>0</td><td>0</td></tr>
 * <tr><th>total</th><th></th><th></th><th>18 * channels * conv1Out + 2 * channels * shortcutOut + 18 * conv1Out * conv2Out + 2 * conv1Out + 2 * conv2Out + 2 * shortcutOut</th><th>9 * channels * conv1Out * height * width + channels * height * shortcutOut * width + 9 * conv1Out * conv2Out * height * width</th></tr>
 * </table>
 */
@Generated("io.github.posteriori.processor.PosterioriProcessor")
@ModuleDescription(
    free = {"channels", "height", "width", "conv1Out", "conv2Out", "shortcutOut"},
    bayesian = true
)
final class Wired_ResidualModule extends BayesModule {
  private static final String DEFINITION = "io.github.posteriori.golden.Wired$Residual";
  static final String LAYERS = "conv1 bn1 act1 conv2 bn2 shortcut sum act2";

  private final ConvLayer conv1;
  private final BatchNormLayer bn1;
  private final ActivationLayer act1;
  private final ConvLayer conv2;
  private final BatchNormLayer bn2;
  private final ConvLayer shortcut;
  private final AddLayer sum;
  private final ActivationLayer act2;

  private final Stage conv1Stage;
  private final Stage bn1Stage;
  private final Stage act1Stage;
  private final Stage conv2Stage;
  private final Stage bn2Stage;
  private final Stage shortcutStage;
  private final Stage sumStage;

  private Wired_ResidualModule(ModuleBuilder build, int conv1Out, int conv2Out, int shortcutOut) {
    super(build);
    conv1 = build.bayesConv("conv1", build.input(), Filters.of(conv1Out, Window.kernel(3, 3).padding(1, 1)).withoutBias());
    conv1Stage = build.from(Source.INPUT).stage(conv1);
    bn1 = build.batchNorm("bn1", conv1.output());
    bn1Stage = build.from(conv1Stage).stage(bn1);
    act1 = build.activation("act1", bn1.output(), Activation.MODEL);
    act1Stage = build.from(bn1Stage).stage(act1);
    conv2 = build.bayesConv("conv2", act1.output(), Filters.of(conv2Out, Window.kernel(3, 3).padding(1, 1)).withoutBias());
    conv2Stage = build.from(act1Stage).stage(conv2);
    bn2 = build.batchNorm("bn2", conv2.output());
    bn2Stage = build.from(conv2Stage).stage(bn2);
    shortcut = build.bayesConv("shortcut", build.input(), Filters.of(shortcutOut, Window.kernel(1, 1)));
    shortcutStage = build.from(Source.INPUT).stage(shortcut);
    sum = build.add("sum", bn2.output(), shortcut.output());
    act2 = build.activation("act2", sum.output(), Activation.MODEL);
    sumStage = build.from(bn2Stage, shortcutStage).stage(sum, act2);
  }

  /** {@link #create(int, int, int, int, int, int, ModuleOptions)} with the default options. */
  public static Wired_ResidualModule create(int channels, int height, int width, int conv1Out,
      int conv2Out, int shortcutOut) {
    return create(channels, height, width, conv1Out, conv2Out, shortcutOut, ModuleOptions.defaults());
  }

  /**
   * Makes a module of {@link Wired.Residual} with new weights.
   *
   * @param channels of the images, at least 1
   * @param height of the images in pixels, at least 1
   * @param width of the images in pixels, at least 1
   * @param conv1Out outputs of {@code conv1}, at least 1
   * @param conv2Out outputs of {@code conv2}, at least 1
   * @param shortcutOut outputs of {@code shortcut}, at least 1
   * @param options options that override the definition
   */
  public static Wired_ResidualModule create(int channels, int height, int width, int conv1Out,
      int conv2Out, int shortcutOut, ModuleOptions options) {
    ModuleBuilder build = new ModuleBuilder(DEFINITION, options)
        .free("channels", channels)
        .free("height", height)
        .free("width", width)
        .free("conv1Out", conv1Out)
        .free("conv2Out", conv2Out)
        .free("shortcutOut", shortcutOut)
        .input(Shape.image(channels, height, width));
    return new Wired_ResidualModule(build, conv1Out, conv2Out, shortcutOut);
  }

  /**
   * Makes {@link Wired.Residual} a block of another network; generated code calls it.
   *
   * @param from what flows into the block
   * @param name of the block's field
   * @param arrives the shape that the block takes
   * @param conv1Out outputs of {@code conv1}, at least 1
   * @param conv2Out outputs of {@code conv2}, at least 1
   * @param shortcutOut outputs of {@code shortcut}, at least 1
   */
  public static Wired_ResidualModule nest(Inflow from, String name, Shape arrives, int conv1Out,
      int conv2Out, int shortcutOut) {
    ModuleBuilder build = from.block(name, DEFINITION, arrives)
        .takes(Dim.FREE, Dim.FREE, Dim.FREE)
        .free("conv1Out", conv1Out)
        .free("conv2Out", conv2Out)
        .free("shortcutOut", shortcutOut);
    return new Wired_ResidualModule(build, conv1Out, conv2Out, shortcutOut);
  }

  /** Reads a module that {@link #save} wrote, with the options it was saved with. */
  public static Wired_ResidualModule load(Path file) {
    return Checkpoint.load(file, DEFINITION,
        (free, options) -> create(free[0], free[1], free[2], free[3], free[4], free[5], options));
  }

  /**
   * Reads a module that {@link #save} wrote.
   *
   * @param file to read
   * @param overrides seed and engine; estimator and priors too, where stated
   */
  public static Wired_ResidualModule load(Path file, ModuleOptions overrides) {
    return Checkpoint.load(file, DEFINITION, overrides,
        (free, options) -> create(free[0], free[1], free[2], free[3], free[4], free[5], options));
  }

  @Override
  protected Signal forward(Pass pass, Signal input) {
    // conv1     [channels, height, width] -> [conv1Out, height, width]
    Signal conv1 = pass.forward(conv1Stage, input);
    // bn1       [conv1Out, height, width] -> [conv1Out, height, width]
    Signal bn1 = pass.forward(bn1Stage, conv1);
    // act1      [conv1Out, height, width] -> [conv1Out, height, width]
    Signal act1 = pass.forward(act1Stage, bn1);
    // conv2     [conv1Out, height, width] -> [conv2Out, height, width]
    Signal conv2 = pass.forward(conv2Stage, act1);
    // bn2       [conv2Out, height, width] -> [conv2Out, height, width]
    Signal bn2 = pass.forward(bn2Stage, conv2);
    // shortcut  [channels, height, width] -> [shortcutOut, height, width]
    Signal shortcut = pass.forward(shortcutStage, input);
    // sum       [conv2Out, height, width] and [shortcutOut, height, width] -> [conv2Out, height, width]
    // act2      [conv2Out, height, width] -> [conv2Out, height, width]
    return pass.join(sumStage, bn2, shortcut);
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    Signal[] sumInputs = pass.split(sumStage, outputGradient);
    Signal inputFromShortcut = pass.backward(shortcutStage, sumInputs[1]);
    Signal conv2 = pass.backward(bn2Stage, sumInputs[0]);
    Signal act1 = pass.backward(conv2Stage, conv2);
    Signal bn1 = pass.backward(act1Stage, act1);
    Signal conv1 = pass.backward(bn1Stage, bn1);
    return pass.sum(inputFromShortcut, pass.backward(conv1Stage, conv1));
  }

  /** Layer {@code conv1}: [channels, height, width] to [conv1Out, height, width]. */
  public ConvLayer conv1() {
    return conv1;
  }

  /** Layer {@code bn1}: [conv1Out, height, width] to [conv1Out, height, width]. */
  public BatchNormLayer bn1() {
    return bn1;
  }

  /** Layer {@code act1}: [conv1Out, height, width] to [conv1Out, height, width]. */
  public ActivationLayer act1() {
    return act1;
  }

  /** Layer {@code conv2}: [conv1Out, height, width] to [conv2Out, height, width]. */
  public ConvLayer conv2() {
    return conv2;
  }

  /** Layer {@code bn2}: [conv2Out, height, width] to [conv2Out, height, width]. */
  public BatchNormLayer bn2() {
    return bn2;
  }

  /** Layer {@code shortcut}: [channels, height, width] to [shortcutOut, height, width]. */
  public ConvLayer shortcut() {
    return shortcut;
  }

  /** Layer {@code sum}: [conv2Out, height, width] to [conv2Out, height, width]. */
  public AddLayer sum() {
    return sum;
  }

  /** Layer {@code act2}: [conv2Out, height, width] to [conv2Out, height, width]. */
  public ActivationLayer act2() {
    return act2;
  }
}
