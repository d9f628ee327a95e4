package io.github.posteriori;

import static io.github.posteriori.annotations.Dim.FREE;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.build.Inflow;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A residual network as its generated code is written: a convolution, two blocks of one class
 * inside another block, a third of them outside, and a linear layer.
 */
public final class Residual extends BayesModule {
  public static final String DEFINITION = "test.Residual";
  public static final Shape.Image INPUT = Shape.image(2, 5, 4);

  private final ConvLayer conv1;
  private final Pair pair;
  private final Unit last;
  private final PoolLayer pool;
  private final FlattenLayer flatten;
  private final LinearLayer fc1;

  private final Stage conv1Stage;
  private final Stage poolStage;
  private final Stage flattenStage;
  private final Stage fc1Stage;

  private Residual(ModuleBuilder build, UnaryOperator<ModuleBuilder> unit) {
    super(build);
    Filters filters = Filters.of(3, Window.kernel(3, 3).padding(1, 1));
    conv1 = build.bayesConv("conv1", build.input(), filters);
    conv1Stage = build.from(Source.INPUT).stage(conv1);
    pair = Pair.nest(build.from(conv1Stage), "pair", conv1.output(), unit);
    last = Unit.nest(build.from(pair.network()), "last", pair.outputShape(), unit);
    pool = build.avgPool("pool", last.outputShape(), Window.kernel(2, 2).stride(2, 2));
    poolStage = build.from(last.network()).stage(pool);
    flatten = build.flatten("flatten", pool.output());
    flattenStage = build.from(poolStage).stage(flatten);
    fc1 = build.bayesLinear("fc1", flatten.output(), 3, true);
    fc1Stage = build.from(flattenStage).stage(fc1);
  }

  /** With whatever the class of the blocks states. */
  public static Residual create(ModuleOptions options, UnaryOperator<ModuleBuilder> unit) {
    ModuleBuilder build =
        new ModuleBuilder(DEFINITION, options).input(INPUT).activation(Activation.SOFTPLUS);
    return new Residual(build, unit);
  }

  public static Residual create(ModuleOptions options) {
    return create(options, UnaryOperator.identity());
  }

  public static Residual load(Path file) {
    return Checkpoint.load(file, DEFINITION, (free, options) -> create(options));
  }

  public Pair pair() {
    return pair;
  }

  public Unit last() {
    return last;
  }

  @Override
  protected Signal forward(Pass pass, Signal images) {
    Signal conv1 = pass.forward(conv1Stage, images);
    Signal pair = pass.forward(this.pair.network(), conv1);
    Signal last = pass.forward(this.last.network(), pair);
    Signal pool = pass.forward(poolStage, last);
    Signal flatten = pass.forward(flattenStage, pool);
    return pass.forward(fc1Stage, flatten);
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    Signal flatten = pass.backward(fc1Stage, outputGradient);
    Signal pool = pass.backward(flattenStage, flatten);
    Signal last = pass.backward(poolStage, pool);
    Signal pair = pass.backward(this.last.network(), last);
    Signal conv1 = pass.backward(this.pair.network(), pair);
    return pass.backward(conv1Stage, conv1);
  }

  /** relu(norm(conv(x)) + x). */
  public static final class Unit extends BayesModule {
    public static final String DEFINITION = "test.Unit";

    private final ConvLayer conv;
    private final BatchNormLayer norm;
    private final AddLayer sum;
    private final ActivationLayer act;

    private final Stage convStage;
    private final Stage normStage;
    private final Stage sumStage;

    private Unit(ModuleBuilder build) {
      super(build);
      Filters same = Filters.of(3, Window.kernel(3, 3).padding(1, 1)).withoutBias();
      conv = build.bayesConv("conv", build.input(), same);
      norm = build.batchNorm("norm", conv.output());
      sum = build.add("sum", norm.output(), build.input());
      act = build.activation("act", sum.output(), Activation.MODEL);

      convStage = build.from(Source.INPUT).stage(conv);
      normStage = build.from(convStage).stage(norm);
      sumStage = build.from(normStage, Source.INPUT).stage(sum, act);
    }

    static Unit nest(Inflow from, String name, Shape input, UnaryOperator<ModuleBuilder> stated) {
      ModuleBuilder build = from.block(name, DEFINITION, input).takes(3, FREE, FREE);
      return new Unit(stated.apply(build));
    }

    public ConvLayer conv() {
      return conv;
    }

    @Override
    protected Signal forward(Pass pass, Signal images) {
      Signal conv = pass.forward(convStage, images);
      Signal norm = pass.forward(normStage, conv);
      return pass.join(sumStage, norm, images);
    }

    @Override
    protected Signal backward(Pass pass, Signal outputGradient) {
      Signal[] sum = pass.split(sumStage, outputGradient);
      Signal conv = pass.backward(normStage, sum[0]);
      Signal images = pass.backward(convStage, conv);
      return pass.sum(images, sum[1]);
    }
  }

  /** Two units one after the other. */
  public static final class Pair extends BayesModule {
    public static final String DEFINITION = "test.Pair";

    private final Unit first;
    private final Unit second;

    private Pair(ModuleBuilder build, UnaryOperator<ModuleBuilder> unit) {
      super(build);
      first = Unit.nest(build.from(Source.INPUT), "first", build.input(), unit);
      second = Unit.nest(build.from(first.network()), "second", first.outputShape(), unit);
    }

    static Pair nest(Inflow from, String name, Shape input, UnaryOperator<ModuleBuilder> unit) {
      return new Pair(from.block(name, DEFINITION, input).takes(FREE, FREE, FREE), unit);
    }

    public Unit first() {
      return first;
    }

    public Unit second() {
      return second;
    }

    @Override
    protected Signal forward(Pass pass, Signal images) {
      Signal first = pass.forward(this.first.network(), images);
      return pass.forward(this.second.network(), first);
    }

    @Override
    protected Signal backward(Pass pass, Signal outputGradient) {
      Signal first = pass.backward(this.second.network(), outputGradient);
      return pass.backward(this.first.network(), first);
    }
  }
}
