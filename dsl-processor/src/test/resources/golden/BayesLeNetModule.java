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
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * The module of {@link BayesLeNet}, for inputs of shape [channels, 32, 32].
 *
 * <table>
 * <caption>Layers, for one example</caption>
 * <tr><th>field</th><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th></tr>
 * <tr><td>conv1</td><td>BayesConv 6, 5x5</td><td>[6, 28, 28]</td><td>300 * channels + 12</td><td>117600 * channels</td></tr>
 * <tr><td>act1</td><td>Activate MODEL</td><td>[6, 28, 28]</td><td>0</td><td>0</td></tr>
 * <tr><td>pool1</td><td>MaxPool 2x2</td><td>[6, 14, 14]</td><td>0</td><td>0</td></tr>
 * <tr><td>conv2</td><td>BayesConv 16, 5x5</td><td>[16, 10, 10]</td><td>4832</td><td>240000</td></tr>
 * <tr><td>act2</td><td>Activate MODEL</td><td>[16, 10, 10]</td><td>0</td><td>0</td></tr>
 * <tr><td>pool2</td><td>MaxPool 2x2</td><td>[16, 5, 5]</td><td>0</td><td>0</td></tr>
 * <tr><td>flatten</td><td>Flatten</td><td>[400]</td><td>0</td><td>0</td></tr>
 * <tr><td>fc1</td><td>BayesLinear 120</td><td>[120]</td><td>96240</td><td>48000</td></tr>
 * <tr><td>act3</td><td>Activate MODEL</td><td>[120]</td><td>0</td><td>0</td></tr>
 * <tr><td>fc2</td><td>BayesLinear 84</td><td>[84]</td><td>20328</td><td>10080</td></tr>
 * <tr><td>act4</td><td>Activate MODEL</td><td>[84]</td><td>0</td><td>0</td></tr>
 * <tr><td>fc3</td><td>BayesLinear classes</td><td>[classes]</td><td>170 * classes</td><td>84 * classes</td></tr>
 * <tr><th>total</th><th></th><th></th><th>300 * channels + 170 * classes + 121412</th><th>117600 * channels + 84 * classes + 298080</th></tr>
 * </table>
 */
@Generated("io.github.posteriori.processor.PosterioriProcessor")
@ModuleDescription(
    free = {"channels", "classes"},
    bayesian = true
)
public final class BayesLeNetModule extends BayesModule {
  private static final String DEFINITION = "io.github.posteriori.golden.BayesLeNet";
  static final String LAYERS = "conv1 act1 pool1 conv2 act2 pool2 flatten fc1 act3 fc2 act4 fc3";

  private final ConvLayer conv1;
  private final ActivationLayer act1;
  private final PoolLayer pool1;
  private final ConvLayer conv2;
  private final ActivationLayer act2;
  private final PoolLayer pool2;
  private final FlattenLayer flatten;
  private final LinearLayer fc1;
  private final ActivationLayer act3;
  private final LinearLayer fc2;
  private final ActivationLayer act4;
  private final LinearLayer fc3;

  private final Stage conv1Stage;
  private final Stage conv2Stage;
  private final Stage flattenStage;
  private final Stage fc1Stage;
  private final Stage fc2Stage;
  private final Stage fc3Stage;

  private BayesLeNetModule(ModuleBuilder build, int classes) {
    super(build);
    conv1 = build.bayesConv("conv1", build.input(), Filters.of(6, Window.kernel(5, 5)));
    act1 = build.activation("act1", conv1.output(), Activation.MODEL);
    pool1 = build.maxPool("pool1", act1.output(), Window.kernel(2, 2).stride(2, 2));
    conv1Stage = build.from(Source.INPUT).stage(conv1, act1, pool1);
    conv2 = build.bayesConv("conv2", pool1.output(), Filters.of(16, Window.kernel(5, 5)));
    act2 = build.activation("act2", conv2.output(), Activation.MODEL);
    pool2 = build.maxPool("pool2", act2.output(), Window.kernel(2, 2).stride(2, 2));
    conv2Stage = build.from(conv1Stage).stage(conv2, act2, pool2);
    flatten = build.flatten("flatten", pool2.output());
    flattenStage = build.from(conv2Stage).stage(flatten);
    fc1 = build.bayesLinear("fc1", flatten.output(), 120, true);
    act3 = build.activation("act3", fc1.output(), Activation.MODEL);
    fc1Stage = build.from(flattenStage).stage(fc1, act3);
    fc2 = build.bayesLinear("fc2", act3.output(), 84, true);
    act4 = build.activation("act4", fc2.output(), Activation.MODEL);
    fc2Stage = build.from(fc1Stage).stage(fc2, act4);
    fc3 = build.bayesLinear("fc3", act4.output(), classes, true);
    fc3Stage = build.from(fc2Stage).stage(fc3);
  }

  /** {@link #create(int, int, ModuleOptions)} with the default options. */
  public static BayesLeNetModule create(int channels, int classes) {
    return create(channels, classes, ModuleOptions.defaults());
  }

  /**
   * Makes a module of {@link BayesLeNet} with new weights.
   *
   * @param channels of the images, at least 1
   * @param classes outputs of {@code fc3}, at least 1
   * @param options options that override the definition
   */
  public static BayesLeNetModule create(int channels, int classes, ModuleOptions options) {
    ModuleBuilder build = new ModuleBuilder(DEFINITION, options)
        .free("channels", channels)
        .free("classes", classes)
        .input(Shape.image(channels, 32, 32));
    return new BayesLeNetModule(build, classes);
  }

  /**
   * Makes {@link BayesLeNet} a block of another network; generated code calls it.
   *
   * @param from what flows into the block
   * @param name of the block's field
   * @param arrives the shape that the block takes
   * @param classes outputs of {@code fc3}, at least 1
   */
  public static BayesLeNetModule nest(Inflow from, String name, Shape arrives, int classes) {
    ModuleBuilder build = from.block(name, DEFINITION, arrives)
        .takes(Dim.FREE, 32, 32)
        .free("classes", classes);
    return new BayesLeNetModule(build, classes);
  }

  /** Reads a module that {@link #save} wrote, with the options it was saved with. */
  public static BayesLeNetModule load(Path file) {
    return Checkpoint.load(file, DEFINITION, (free, options) -> create(free[0], free[1], options));
  }

  /**
   * Reads a module that {@link #save} wrote.
   *
   * @param file to read
   * @param overrides seed and engine; estimator and priors too, where stated
   */
  public static BayesLeNetModule load(Path file, ModuleOptions overrides) {
    return Checkpoint.load(file, DEFINITION, overrides,
        (free, options) -> create(free[0], free[1], options));
  }

  @Override
  protected Signal forward(Pass pass, Signal input) {
    // conv1    [channels, 32, 32] -> [6, 28, 28]
    // act1     [6, 28, 28] -> [6, 28, 28]
    // pool1    [6, 28, 28] -> [6, 14, 14]
    Signal pool1 = pass.forward(conv1Stage, input);
    // conv2    [6, 14, 14] -> [16, 10, 10]
    // act2     [16, 10, 10] -> [16, 10, 10]
    // pool2    [16, 10, 10] -> [16, 5, 5]
    Signal pool2 = pass.forward(conv2Stage, pool1);
    // flatten  [16, 5, 5] -> [400]
    Signal flatten = pass.forward(flattenStage, pool2);
    // fc1      [400] -> [120]
    // act3     [120] -> [120]
    Signal act3 = pass.forward(fc1Stage, flatten);
    // fc2      [120] -> [84]
    // act4     [84] -> [84]
    Signal act4 = pass.forward(fc2Stage, act3);
    // fc3      [84] -> [classes]
    return pass.forward(fc3Stage, act4);
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    Signal act4 = pass.backward(fc3Stage, outputGradient);
    Signal act3 = pass.backward(fc2Stage, act4);
    Signal flatten = pass.backward(fc1Stage, act3);
    Signal pool2 = pass.backward(flattenStage, flatten);
    Signal pool1 = pass.backward(conv2Stage, pool2);
    return pass.backward(conv1Stage, pool1);
  }

  /** Layer {@code conv1}: [channels, 32, 32] to [6, 28, 28]. */
  public ConvLayer conv1() {
    return conv1;
  }

  /** Layer {@code act1}: [6, 28, 28] to [6, 28, 28]. */
  public ActivationLayer act1() {
    return act1;
  }

  /** Layer {@code pool1}: [6, 28, 28] to [6, 14, 14]. */
  public PoolLayer pool1() {
    return pool1;
  }

  /** Layer {@code conv2}: [6, 14, 14] to [16, 10, 10]. */
  public ConvLayer conv2() {
    return conv2;
  }

  /** Layer {@code act2}: [16, 10, 10] to [16, 10, 10]. */
  public ActivationLayer act2() {
    return act2;
  }

  /** Layer {@code pool2}: [16, 10, 10] to [16, 5, 5]. */
  public PoolLayer pool2() {
    return pool2;
  }

  /** Layer {@code flatten}: [16, 5, 5] to [400]. */
  public FlattenLayer flatten() {
    return flatten;
  }

  /** Layer {@code fc1}: [400] to [120]. */
  public LinearLayer fc1() {
    return fc1;
  }

  /** Layer {@code act3}: [120] to [120]. */
  public ActivationLayer act3() {
    return act3;
  }

  /** Layer {@code fc2}: [120] to [84]. */
  public LinearLayer fc2() {
    return fc2;
  }

  /** Layer {@code act4}: [84] to [84]. */
  public ActivationLayer act4() {
    return act4;
  }

  /** Layer {@code fc3}: [84] to [classes]. */
  public LinearLayer fc3() {
    return fc3;
  }
}
