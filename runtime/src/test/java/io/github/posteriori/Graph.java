package io.github.posteriori;

import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.layers.Shape;
import java.util.function.Function;

/** A module written by hand, whose stages fork and join as its wiring says. */
public final class Graph extends BayesModule {
  public static final String DEFINITION = "test.Graph";

  private final Wiring wiring;

  /** What a generated class has between its stages. */
  public interface Wiring {
    Signal forward(Pass pass, Signal images);

    Signal backward(Pass pass, Signal outputGradient);
  }

  private Graph(ModuleBuilder build, Function<ModuleBuilder, Wiring> declaration) {
    super(build);
    wiring = declaration.apply(build);
  }

  public static Graph of(
      ModuleOptions options, Shape input, Function<ModuleBuilder, Wiring> declaration) {
    return new Graph(new ModuleBuilder(DEFINITION, options).input(input), declaration);
  }

  @Override
  protected Signal forward(Pass pass, Signal images) {
    return wiring.forward(pass, images);
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    return wiring.backward(pass, outputGradient);
  }
}
