package io.github.posteriori.onnx;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;

/** A network of layers in a row, made by hand. */
final class SmallModule extends BayesModule {

  /** Makes a layer for an input of the shape. */
  interface Maker {
    NetworkLayer make(ModuleBuilder build, Shape input);
  }

  SmallModule(Shape input, Maker... layers) {
    this(new ModuleBuilder("com.example.Small", ModuleOptions.defaults()).input(input), layers);
  }

  private SmallModule(ModuleBuilder build, Maker... layers) {
    super(build);
    Shape shape = build.input();
    Source source = Source.INPUT;
    for (Maker maker : layers) {
      NetworkLayer layer = maker.make(build, shape);
      source = build.from(source).stage(layer);
      shape = layer.output();
    }
  }

  @Override
  protected Signal forward(Pass pass, Signal images) {
    Signal signal = images;
    for (Stage stage : network().stages()) {
      signal = pass.forward(stage, signal);
    }
    return signal;
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    throw new UnsupportedOperationException("nothing is trained here");
  }
}
