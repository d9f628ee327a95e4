package io.github.posteriori;

import io.github.posteriori.Graph.Wiring;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Window;

/** The ways in which outputs fork and join, each in a small network. */
public final class Wirings {
  private Wirings() {}

  /** Two linear layers that both take the images, and their outputs joined. */
  private record BothTakeTheInput(Stage left, Stage right, Stage joined) implements Wiring {
    static BothTakeTheInput of(
        ModuleBuilder build, NetworkLayer left, NetworkLayer right, NetworkLayer... joined) {
      Stage leftStage = build.from(Source.INPUT).stage(left);
      Stage rightStage = build.from(Source.INPUT).stage(right);
      return new BothTakeTheInput(
          leftStage, rightStage, build.from(leftStage, rightStage).stage(joined));
    }

    @Override
    public Signal forward(Pass pass, Signal images) {
      return pass.join(joined, pass.forward(left, images), pass.forward(right, images));
    }

    @Override
    public Signal backward(Pass pass, Signal outputGradient) {
      Signal[] parts = pass.split(joined, outputGradient);
      Signal byRight = pass.backward(right, parts[1]);
      Signal byLeft = pass.backward(left, parts[0]);
      return pass.sum(byLeft, byRight);
    }
  }

  public static Wiring addOfFeatures(ModuleBuilder build) {
    NetworkLayer left = build.bayesLinear("left", build.input(), 4, true);
    NetworkLayer right = build.linear("right", build.input(), 4, false);
    NetworkLayer add = build.add("add", left.output(), right.output());
    NetworkLayer act = build.activation("act", add.output(), Activation.TANH);
    return BothTakeTheInput.of(build, left, right, add, act);
  }

  public static Wiring concatOfFeatures(ModuleBuilder build) {
    NetworkLayer left = build.bayesLinear("left", build.input(), 4, true);
    NetworkLayer right = build.linear("right", build.input(), 3, true);
    NetworkLayer concat = build.concat("concat", left.output(), right.output());
    return BothTakeTheInput.of(build, left, right, concat);
  }

  public static Wiring concatOfImages(ModuleBuilder build) {
    NetworkLayer left =
        build.bayesConv("left", build.input(), Filters.of(3, Window.kernel(3, 3).padding(1, 1)));
    NetworkLayer right = build.conv("right", build.input(), Filters.of(2, Window.kernel(1, 1)));
    NetworkLayer concat = build.concat("concat", left.output(), right.output());
    NetworkLayer act = build.activation("act", concat.output(), Activation.SOFTPLUS);
    NetworkLayer pool = build.maxPool("pool", act.output(), Window.kernel(2, 2));
    return BothTakeTheInput.of(build, left, right, concat, act, pool);
  }

  /** The images and what a convolution makes of them, added: the join takes the images directly. */
  public static Wiring inputIntoTheJoin(ModuleBuilder build) {
    NetworkLayer conv =
        build.bayesConv("conv", build.input(), Filters.of(4, Window.kernel(3, 3).padding(1, 1)));
    NetworkLayer add = build.add("add", build.input(), conv.output(), build.input());
    Stage convStage = build.from(Source.INPUT).stage(conv);
    Stage addStage = build.from(Source.INPUT, convStage, Source.INPUT).stage(add);
    return new Wiring() {
      @Override
      public Signal forward(Pass pass, Signal images) {
        return pass.join(addStage, images, pass.forward(convStage, images), images);
      }

      @Override
      public Signal backward(Pass pass, Signal outputGradient) {
        Signal[] add = pass.split(addStage, outputGradient);
        Signal images = pass.backward(convStage, add[1]);
        return pass.sum(images, add[0], add[2]);
      }
    };
  }

  /** A user's layer that takes what somebody remembers, beside others that share its gradient. */
  public static Wiring aroundAUsersLayer(ModuleBuilder build) {
    NetworkLayer linear = build.linear("linear", build.input(), 4, true);
    NetworkLayer tanh = build.activation("tanh", linear.output(), Activation.TANH);
    NetworkLayer scale = build.custom(() -> new Scale("scale", tanh.output()));
    NetworkLayer add = build.add("add", scale.output(), tanh.output());
    Stage linearStage = build.from(Source.INPUT).stage(linear, tanh);
    Stage scaleStage = build.from(linearStage).stage(scale);
    Stage addStage = build.from(scaleStage, linearStage).stage(add);
    return new Wiring() {
      @Override
      public Signal forward(Pass pass, Signal images) {
        Signal tanh = pass.forward(linearStage, images);
        return pass.join(addStage, pass.forward(scaleStage, tanh), tanh);
      }

      @Override
      public Signal backward(Pass pass, Signal outputGradient) {
        Signal[] add = pass.split(addStage, outputGradient);
        Signal byScale = pass.backward(scaleStage, add[0]);
        return pass.backward(linearStage, pass.sum(byScale, add[1]));
      }
    };
  }

  /** An output that two layers and the join of these take. */
  public static Wiring threeTakers(ModuleBuilder build) {
    NetworkLayer stem = build.linear("stem", build.input(), 4, true);
    NetworkLayer a = build.bayesLinear("a", stem.output(), 4, true);
    NetworkLayer tanh = build.activation("tanh", a.output(), Activation.TANH);
    NetworkLayer b = build.bayesLinear("b", stem.output(), 4, false);
    NetworkLayer add = build.add("add", tanh.output(), stem.output(), b.output());
    Stage stemStage = build.from(Source.INPUT).stage(stem);
    Stage aStage = build.from(stemStage).stage(a, tanh);
    Stage bStage = build.from(stemStage).stage(b);
    Stage addStage = build.from(aStage, stemStage, bStage).stage(add);
    return new Wiring() {
      @Override
      public Signal forward(Pass pass, Signal images) {
        Signal stem = pass.forward(stemStage, images);
        Signal a = pass.forward(aStage, stem);
        Signal b = pass.forward(bStage, stem);
        return pass.join(addStage, a, stem, b);
      }

      @Override
      public Signal backward(Pass pass, Signal outputGradient) {
        Signal[] add = pass.split(addStage, outputGradient);
        Signal byB = pass.backward(bStage, add[2]);
        Signal byA = pass.backward(aStage, add[0]);
        return pass.backward(stemStage, pass.sum(byA, byB, add[1]));
      }
    };
  }
}
