package io.github.posteriori;

import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.List;

/** A module written by hand: stages one after the other, as generated code would run them. */
public final class Chain extends BayesModule {
  public static final String DEFINITION = "test.Chain";

  private final List<Stage> stages = new ArrayList<>();

  /** Declares the layers of a chain, stage by stage. */
  @FunctionalInterface
  public interface Declaration {
    List<NetworkLayer[]> stages(ModuleBuilder build);
  }

  private Chain(ModuleBuilder build, Declaration declaration) {
    super(build);
    Source before = Source.INPUT;
    for (NetworkLayer[] layers : declaration.stages(build)) {
      Stage stage = build.from(before).stage(layers);
      stages.add(stage);
      before = stage;
    }
  }

  /** The network takes what its first layer takes. */
  public static Chain of(ModuleOptions options, Declaration declaration) {
    ModuleBuilder draft = new ModuleBuilder(DEFINITION, options);
    return of(options, declaration.stages(draft).get(0)[0].input(), declaration);
  }

  public static Chain of(ModuleOptions options, Shape input, Declaration declaration) {
    return new Chain(new ModuleBuilder(DEFINITION, options).input(input), declaration);
  }

  /** A small network with every kind of stage that LeNet has, for 1 x 12 x 12 images. */
  public static Chain small(ModuleOptions options, int classes) {
    return of(
        options,
        build -> {
          var conv =
              build.bayesConv("conv1", Shape.image(1, 12, 12), Filters.of(4, Window.kernel(3, 3)));
          var act =
              build.activation(
                  "act1", conv.output(), io.github.posteriori.annotations.Activation.MODEL);
          var pool = build.maxPool("pool1", act.output(), Window.kernel(2, 2).stride(2, 2));
          var flatten = build.flatten("flatten", pool.output());
          var fc = build.bayesLinear("fc1", flatten.output(), classes, true);
          return List.of(
              new NetworkLayer[] {conv, act, pool},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc});
        });
  }

  @Override
  protected Signal forward(Pass pass, Signal images) {
    Signal signal = images;
    for (Stage stage : stages) {
      signal = pass.forward(stage, signal);
    }
    return signal;
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    Signal signal = outputGradient;
    for (int i = stages.size() - 1; i >= 0; i--) {
      signal = pass.backward(stages.get(i), signal);
    }
    return signal;
  }
}
