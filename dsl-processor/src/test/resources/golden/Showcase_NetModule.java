package io.github.posteriori.golden;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Estimator;
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
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * The module of {@link Showcase.Net}, for inputs of shape [4, height, 32].
 *
 * <table>
 * <caption>Layers, for one example</caption>
 * <tr><th>field</th><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th></tr>
 * <tr><td>norm</td><td>BatchNorm</td><td>[4, height, 32]</td><td>8</td><td>0</td></tr>
 * <tr><td>conv</td><td>BayesConv 8, 5x3, stride 2x1, padding 2x1, dilation 1x2, groups 2, no bias</td><td>[8, floor((height + 1) / 2), 30]</td><td>480</td><td>7200 * floor((height + 1) / 2)</td></tr>
 * <tr><td>active</td><td>Activate MODEL</td><td>[8, floor((height + 1) / 2), 30]</td><td>0</td><td>0</td></tr>
 * <tr><td>mean</td><td>AvgPool 3x3, stride 2x2, padding 1x1</td><td>[8, floor((height + 3) / 4), 15]</td><td>0</td><td>0</td></tr>
 * <tr><td>point</td><td>Conv pointOut, 3x3</td><td>[pointOut, floor((height + 3) / 4) - 2, 13]</td><td>73 * pointOut</td><td>936 * floor((height + 3) / 4) * pointOut - 1872 * pointOut</td></tr>
 * <tr><td>tanh</td><td>Activate TANH</td><td>[pointOut, floor((height + 3) / 4) - 2, 13]</td><td>0</td><td>0</td></tr>
 * <tr><td>max</td><td>MaxPool 2x2, leaves out 1 column</td><td>[pointOut, floor((height - 5) / 8), 6]</td><td>0</td><td>0</td></tr>
 * <tr><td>drop</td><td>Dropout 0.25</td><td>[pointOut, floor((height - 5) / 8), 6]</td><td>0</td><td>0</td></tr>
 * <tr><td>flatten</td><td>Flatten</td><td>[6 * floor((height - 5) / 8) * pointOut]</td><td>0</td><td>0</td></tr>
 * <tr><td>hidden</td><td>Linear 20, no bias</td><td>[20]</td><td>120 * floor((height - 5) / 8) * pointOut</td><td>120 * floor((height - 5) / 8) * pointOut</td></tr>
 * <tr><td>classes</td><td>BayesLinear 10</td><td>[10]</td><td>420</td><td>200</td></tr>
 * <tr><th>total</th><th></th><th></th><th>120 * floor((height - 5) / 8) * pointOut + 73 * pointOut + 908</th><th>936 * floor((height + 3) / 4) * pointOut + 120 * floor((height - 5) / 8) * pointOut + 7200 * floor((height + 1) / 2) - 1872 * pointOut + 200</th></tr>
 * </table>
 */
@Generated("io.github.posteriori.processor.PosterioriProcessor")
@ModuleDescription(
    free = {"height", "pointOut"},
    bayesian = true
)
final class Showcase_NetModule extends BayesModule {
  private static final String DEFINITION = "io.github.posteriori.golden.Showcase$Net";
  static final String LAYERS = "norm conv active mean point tanh max drop flatten hidden classes";

  private final BatchNormLayer norm;
  private final ConvLayer conv;
  private final ActivationLayer active;
  private final PoolLayer mean;
  private final ConvLayer point;
  private final ActivationLayer tanh;
  private final PoolLayer max;
  private final DropoutLayer drop;
  private final FlattenLayer flatten;
  private final LinearLayer hidden;
  private final LinearLayer classes;

  private final Stage normStage;
  private final Stage convStage;
  private final Stage pointStage;
  private final Stage dropStage;
  private final Stage flattenStage;
  private final Stage hiddenStage;
  private final Stage classesStage;

  private Showcase_NetModule(ModuleBuilder build, int pointOut) {
    super(build);
    norm = build.batchNorm("norm", build.input());
    normStage = build.from(Source.INPUT).stage(norm);
    conv = build.bayesConv("conv", norm.output(), Filters.of(8, Window.kernel(5, 3).stride(2, 1).padding(2, 1).dilation(1, 2)).groups(2).withoutBias(),
        Variational.unstated().estimator(Estimator.POINT).priors(new Priors(0.5, 0.1, 0, 0.1, -3, 0.1)));
    active = build.activation("active", conv.output(), Activation.MODEL);
    mean = build.avgPool("mean", active.output(), Window.kernel(3, 3).stride(2, 2).padding(1, 1));
    convStage = build.from(normStage).stage(conv, active, mean);
    point = build.conv("point", mean.output(), Filters.of(pointOut, Window.kernel(3, 3)));
    tanh = build.activation("tanh", point.output(), Activation.TANH);
    max = build.maxPool("max", tanh.output(), Window.kernel(2, 2).stride(2, 2));
    pointStage = build.from(convStage).stage(point, tanh, max);
    drop = build.dropout("drop", max.output(), 0.25);
    dropStage = build.from(pointStage).stage(drop);
    build.check("flatten", "features", 960, drop.output());
    flatten = build.flatten("flatten", drop.output());
    flattenStage = build.from(dropStage).stage(flatten);
    build.check("hidden", "in", 960, flatten.output());
    hidden = build.linear("hidden", flatten.output(), 20, false);
    hiddenStage = build.from(flattenStage).stage(hidden);
    classes = build.bayesLinear("classes", hidden.output(), 10, true,
        Variational.unstated().priors(new Priors(0, 1, 0, Prior.HE, -5, 0.1)));
    classesStage = build.from(hiddenStage).stage(classes);
  }

  /** {@link #create(int, int, ModuleOptions)} with the default options. */
  public static Showcase_NetModule create(int height, int pointOut) {
    return create(height, pointOut, ModuleOptions.defaults());
  }

  /**
   * Makes a module of {@link Showcase.Net} with new weights.
   *
   * @param height of the images in pixels, at least 1
   * @param pointOut outputs of {@code point}, at least 1
   * @param options options that override the definition
   */
  public static Showcase_NetModule create(int height, int pointOut, ModuleOptions options) {
    ModuleBuilder build = new ModuleBuilder(DEFINITION, options)
        .free("height", height)
        .free("pointOut", pointOut)
        .input(Shape.image(4, height, 32))
        .estimator(Estimator.BBB)
        .activation(Activation.SOFTPLUS)
        .priors(new Priors(0, 0.2, 0, Prior.HE, -5, 0.1));
    return new Showcase_NetModule(build, pointOut);
  }

  /**
   * Makes {@link Showcase.Net} a block of another network; generated code calls it.
   *
   * @param from what flows into the block
   * @param name of the block's field
   * @param arrives the shape that the block takes
   * @param pointOut outputs of {@code point}, at least 1
   */
  public static Showcase_NetModule nest(Inflow from, String name, Shape arrives, int pointOut) {
    ModuleBuilder build = from.block(name, DEFINITION, arrives)
        .takes(4, Dim.FREE, 32)
        .free("pointOut", pointOut)
        .estimator(Estimator.BBB)
        .activation(Activation.SOFTPLUS)
        .priors(new Priors(0, 0.2, 0, Prior.HE, -5, 0.1));
    return new Showcase_NetModule(build, pointOut);
  }

  /** Reads a module that {@link #save} wrote, with the options it was saved with. */
  public static Showcase_NetModule load(Path file) {
    return Checkpoint.load(file, DEFINITION, (free, options) -> create(free[0], free[1], options));
  }

  /**
   * Reads a module that {@link #save} wrote.
   *
   * @param file to read
   * @param overrides seed and engine; estimator and priors too, where stated
   */
  public static Showcase_NetModule load(Path file, ModuleOptions overrides) {
    return Checkpoint.load(file, DEFINITION, overrides,
        (free, options) -> create(free[0], free[1], options));
  }

  @Override
  protected Signal forward(Pass pass, Signal input) {
    // norm     [4, height, 32] -> [4, height, 32]
    Signal norm = pass.forward(normStage, input);
    // conv     [4, height, 32] -> [8, floor((height + 1) / 2), 30]
    // active   [8, floor((height + 1) / 2), 30] -> [8, floor((height + 1) / 2), 30]
    // mean     [8, floor((height + 1) / 2), 30] -> [8, floor((height + 3) / 4), 15]
    Signal mean = pass.forward(convStage, norm);
    // point    [8, floor((height + 3) / 4), 15] -> [pointOut, floor((height + 3) / 4) - 2, 13]
    // tanh     [pointOut, floor((height + 3) / 4) - 2, 13] -> [pointOut, floor((height + 3) / 4) - 2, 13]
    // max      [pointOut, floor((height + 3) / 4) - 2, 13] -> [pointOut, floor((height - 5) / 8), 6]
    Signal max = pass.forward(pointStage, mean);
    // drop     [pointOut, floor((height - 5) / 8), 6] -> [pointOut, floor((height - 5) / 8), 6]
    Signal drop = pass.forward(dropStage, max);
    // flatten  [pointOut, floor((height - 5) / 8), 6] -> [6 * floor((height - 5) / 8) * pointOut]
    Signal flatten = pass.forward(flattenStage, drop);
    // hidden   [6 * floor((height - 5) / 8) * pointOut] -> [20]
    Signal hidden = pass.forward(hiddenStage, flatten);
    // classes  [20] -> [10]
    return pass.forward(classesStage, hidden);
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    Signal hidden = pass.backward(classesStage, outputGradient);
    Signal flatten = pass.backward(hiddenStage, hidden);
    Signal drop = pass.backward(flattenStage, flatten);
    Signal max = pass.backward(dropStage, drop);
    Signal mean = pass.backward(pointStage, max);
    Signal norm = pass.backward(convStage, mean);
    return pass.backward(normStage, norm);
  }

  /** Layer {@code norm}: [4, height, 32] to [4, height, 32]. */
  public BatchNormLayer norm() {
    return norm;
  }

  /** Layer {@code conv}: [4, height, 32] to [8, floor((height + 1) / 2), 30]. */
  public ConvLayer conv() {
    return conv;
  }

  /** Layer {@code active}: [8, floor((height + 1) / 2), 30] to [8, floor((height + 1) / 2), 30]. */
  public ActivationLayer active() {
    return active;
  }

  /** Layer {@code mean}: [8, floor((height + 1) / 2), 30] to [8, floor((height + 3) / 4), 15]. */
  public PoolLayer mean() {
    return mean;
  }

  /**
   * Layer {@code point}: [8, floor((height + 3) / 4), 15] to [pointOut, floor((height + 3) / 4) - 2, 13].
   */
  public ConvLayer point() {
    return point;
  }

  /**
   * Layer {@code tanh}: [pointOut, floor((height + 3) / 4) - 2, 13] to [pointOut, floor((height + 3) / 4) - 2, 13].
   */
  public ActivationLayer tanh() {
    return tanh;
  }

  /**
   * Layer {@code max}: [pointOut, floor((height + 3) / 4) - 2, 13] to [pointOut, floor((height - 5) / 8), 6].
   */
  public PoolLayer max() {
    return max;
  }

  /**
   * Layer {@code drop}: [pointOut, floor((height - 5) / 8), 6] to [pointOut, floor((height - 5) / 8), 6].
   */
  public DropoutLayer drop() {
    return drop;
  }

  /**
   * Layer {@code flatten}: [pointOut, floor((height - 5) / 8), 6] to [6 * floor((height - 5) / 8) * pointOut].
   */
  public FlattenLayer flatten() {
    return flatten;
  }

  /** Layer {@code hidden}: [6 * floor((height - 5) / 8) * pointOut] to [20]. */
  public LinearLayer hidden() {
    return hidden;
  }

  /** Layer {@code classes}: [20] to [10]. */
  public LinearLayer classes() {
    return classes;
  }
}
