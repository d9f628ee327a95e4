package io.github.posteriori.golden;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.build.Inflow;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.build.ModuleDescription;
import io.github.posteriori.build.Variational;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.ConcatLayer;
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
 * The module of {@link Wired.Net}, for inputs of shape [channels, 16, 16].
 *
 * <table>
 * <caption>Layers, for one example</caption>
 * <tr><th>field</th><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th></tr>
 * <tr><td>conv1</td><td>BayesConv 8, 3x3, padding 1x1</td><td>[8, 16, 16]</td><td>144 * channels + 16</td><td>18432 * channels</td></tr>
 * <tr><td>act1</td><td>Activate MODEL</td><td>[8, 16, 16]</td><td>0</td><td>0</td></tr>
 * <tr><td>block1</td><td>Block Wired.Residual</td><td>[16, 16, 16]</td><td>7264</td><td>917504</td></tr>
 * <tr><td>block2</td><td>Block Wired.Residual</td><td>[8, 16, 16]</td><td>434 * block2Conv1Out + 288</td><td>55296 * block2Conv1Out + 32768</td></tr>
 * <tr><td>pool</td><td>MaxPool 2x2</td><td>[8, 8, 8]</td><td>0</td><td>0</td></tr>
 * <tr><td>enlarge</td><td>Custom Wired.Enlarge</td><td>[8, 16, 16]</td><td>0</td><td>0</td></tr>
 * <tr><td>cat</td><td>Concat act1 and block1 and enlarge</td><td>[32, 16, 16]</td><td>0</td><td>0</td></tr>
 * <tr><td>mean</td><td>AvgPool 16x16</td><td>[32, 1, 1]</td><td>0</td><td>0</td></tr>
 * <tr><td>flatten</td><td>Flatten</td><td>[32]</td><td>0</td><td>0</td></tr>
 * <tr><td>fc</td><td>BayesLinear classes</td><td>[classes]</td><td>66 * classes</td><td>32 * classes</td></tr>
 * <tr><th>total</th><th></th><th></th><th>434 * block2Conv1Out + 144 * channels + 66 * classes + 7568</th><th>55296 * block2Conv1Out + 18432 * channels + 32 * classes + 950272</th></tr>
 * </table>
 *
 * <p>The cost of a Custom layer is unknown and not counted.
 */
@Generated("io.github.posteriori.processor.PosterioriProcessor")
@ModuleDescription(
    free = {"channels", "block2Conv1Out", "classes"},
    bayesian = true
)
final class Wired_NetModule extends BayesModule {
  private static final String DEFINITION = "io.github.posteriori.golden.Wired$Net";
  static final String LAYERS = "conv1 act1 block1 block2 pool enlarge cat mean flatten fc";

  private final ConvLayer conv1;
  private final ActivationLayer act1;
  private final Wired_ResidualModule block1;
  private final Wired_ResidualModule block2;
  private final PoolLayer pool;
  private final Wired.Enlarge enlarge;
  private final ConcatLayer cat;
  private final PoolLayer mean;
  private final FlattenLayer flatten;
  private final LinearLayer fc;

  private final Stage conv1Stage;
  private final Stage poolStage;
  private final Stage enlargeStage;
  private final Stage catStage;
  private final Stage flattenStage;
  private final Stage fcStage;

  private Wired_NetModule(ModuleBuilder build, int block2Conv1Out, int classes) {
    super(build);
    conv1 = build.bayesConv("conv1", build.input(), Filters.of(8, Window.kernel(3, 3).padding(1, 1)));
    act1 = build.activation("act1", conv1.output(), Activation.MODEL);
    conv1Stage = build.from(Source.INPUT).stage(conv1, act1);
    block1 = Wired_ResidualModule.nest(build.from(conv1Stage), "block1", act1.output(), 16, 16, 16);
    block2 = Wired_ResidualModule.nest(build.from(block1.network()), "block2", block1.outputShape(),
        block2Conv1Out, 8, 8);
    pool = build.maxPool("pool", block2.outputShape(), Window.kernel(2, 2).stride(2, 2));
    poolStage = build.from(block2.network()).stage(pool);
    enlarge = build.custom(() -> new Wired.Enlarge(build.name("enlarge"), pool.output()),
        (channels, height, width) -> Shape.image(channels, 2 * height, 2 * width));
    enlargeStage = build.from(poolStage).stage(enlarge);
    cat = build.concat("cat", act1.output(), block1.outputShape(), enlarge.output());
    mean = build.avgPool("mean", cat.output(), Window.kernel(16, 16).stride(16, 16));
    catStage = build.from(conv1Stage, block1.network(), enlargeStage).stage(cat, mean);
    flatten = build.flatten("flatten", mean.output());
    flattenStage = build.from(catStage).stage(flatten);
    fc = build.bayesLinear("fc", flatten.output(), classes, true,
        Variational.unstated().priors(new Priors(0, 1, 0, Prior.HE, -5, 0.1)));
    fcStage = build.from(flattenStage).stage(fc);
  }

  /** {@link #create(int, int, int, ModuleOptions)} with the default options. */
  public static Wired_NetModule create(int channels, int block2Conv1Out, int classes) {
    return create(channels, block2Conv1Out, classes, ModuleOptions.defaults());
  }

  /**
   * Makes a module of {@link Wired.Net} with new weights.
   *
   * @param channels of the images, at least 1
   * @param block2Conv1Out conv1Out of {@code block2}, at least 1
   * @param classes outputs of {@code fc}, at least 1
   * @param options options that override the definition
   */
  public static Wired_NetModule create(int channels, int block2Conv1Out, int classes,
      ModuleOptions options) {
    ModuleBuilder build = new ModuleBuilder(DEFINITION, options)
        .free("channels", channels)
        .free("block2Conv1Out", block2Conv1Out)
        .free("classes", classes)
        .input(Shape.image(channels, 16, 16))
        .priors(new Priors(0, 0.3, 0, Prior.HE, -5, 0.1));
    return new Wired_NetModule(build, block2Conv1Out, classes);
  }

  /**
   * Makes {@link Wired.Net} a block of another network; generated code calls it.
   *
   * @param from what flows into the block
   * @param name of the block's field
   * @param arrives the shape that the block takes
   * @param block2Conv1Out conv1Out of {@code block2}, at least 1
   * @param classes outputs of {@code fc}, at least 1
   */
  public static Wired_NetModule nest(Inflow from, String name, Shape arrives, int block2Conv1Out,
      int classes) {
    ModuleBuilder build = from.block(name, DEFINITION, arrives)
        .takes(Dim.FREE, 16, 16)
        .free("block2Conv1Out", block2Conv1Out)
        .free("classes", classes)
        .priors(new Priors(0, 0.3, 0, Prior.HE, -5, 0.1));
    return new Wired_NetModule(build, block2Conv1Out, classes);
  }

  /** Reads a module that {@link #save} wrote, with the options it was saved with. */
  public static Wired_NetModule load(Path file) {
    return Checkpoint.load(file, DEFINITION,
        (free, options) -> create(free[0], free[1], free[2], options));
  }

  /**
   * Reads a module that {@link #save} wrote.
   *
   * @param file to read
   * @param overrides seed and engine; estimator and priors too, where stated
   */
  public static Wired_NetModule load(Path file, ModuleOptions overrides) {
    return Checkpoint.load(file, DEFINITION, overrides,
        (free, options) -> create(free[0], free[1], free[2], options));
  }

  @Override
  protected Signal forward(Pass pass, Signal input) {
    // conv1    [channels, 16, 16] -> [8, 16, 16]
    // act1     [8, 16, 16] -> [8, 16, 16]
    Signal act1 = pass.forward(conv1Stage, input);
    // block1   [8, 16, 16] -> [16, 16, 16]
    Signal block1 = pass.forward(this.block1.network(), act1);
    // block2   [16, 16, 16] -> [8, 16, 16]
    Signal block2 = pass.forward(this.block2.network(), block1);
    // pool     [8, 16, 16] -> [8, 8, 8]
    Signal pool = pass.forward(poolStage, block2);
    // enlarge  [8, 8, 8] -> [8, 16, 16]
    Signal enlarge = pass.forward(enlargeStage, pool);
    // cat      [8, 16, 16] and [16, 16, 16] and [8, 16, 16] -> [32, 16, 16]
    // mean     [32, 16, 16] -> [32, 1, 1]
    Signal mean = pass.join(catStage, act1, block1, enlarge);
    // flatten  [32, 1, 1] -> [32]
    Signal flatten = pass.forward(flattenStage, mean);
    // fc       [32] -> [classes]
    return pass.forward(fcStage, flatten);
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    Signal flatten = pass.backward(fcStage, outputGradient);
    Signal mean = pass.backward(flattenStage, flatten);
    Signal[] catInputs = pass.split(catStage, mean);
    Signal pool = pass.backward(enlargeStage, catInputs[2]);
    Signal block2 = pass.backward(poolStage, pool);
    Signal block1 = pass.sum(catInputs[1], pass.backward(this.block2.network(), block2));
    Signal act1 = pass.sum(catInputs[0], pass.backward(this.block1.network(), block1));
    return pass.backward(conv1Stage, act1);
  }

  /** Layer {@code conv1}: [channels, 16, 16] to [8, 16, 16]. */
  public ConvLayer conv1() {
    return conv1;
  }

  /** Layer {@code act1}: [8, 16, 16] to [8, 16, 16]. */
  public ActivationLayer act1() {
    return act1;
  }

  /** Layer {@code block1}: [8, 16, 16] to [16, 16, 16]. */
  public Wired_ResidualModule block1() {
    return block1;
  }

  /** Layer {@code block2}: [16, 16, 16] to [8, 16, 16]. */
  public Wired_ResidualModule block2() {
    return block2;
  }

  /** Layer {@code pool}: [8, 16, 16] to [8, 8, 8]. */
  public PoolLayer pool() {
    return pool;
  }

  /** Layer {@code enlarge}: [8, 8, 8] to [8, 16, 16]. */
  public Wired.Enlarge enlarge() {
    return enlarge;
  }

  /** Layer {@code cat}: [8, 16, 16] to [32, 16, 16]. */
  public ConcatLayer cat() {
    return cat;
  }

  /** Layer {@code mean}: [32, 16, 16] to [32, 1, 1]. */
  public PoolLayer mean() {
    return mean;
  }

  /** Layer {@code flatten}: [32, 1, 1] to [32]. */
  public FlattenLayer flatten() {
    return flatten;
  }

  /** Layer {@code fc}: [32] to [classes]. */
  public LinearLayer fc() {
    return fc;
  }
}
