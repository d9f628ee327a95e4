package io.github.posteriori.drawn;

import io.github.posteriori.BayesModule;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A module whose stages are cut, run and run back as its generated class would do it. */
public final class DrawnModule extends BayesModule {
  private final List<Stage> stages = new ArrayList<>();

  DrawnModule(ModuleBuilder build, List<DrawnLayer> layers) {
    super(build);
    Map<String, Shape> shapes = new HashMap<>(Map.of(DrawnNetwork.INPUT, build.input()));
    Map<String, Source> sources = new HashMap<>(Map.of(DrawnNetwork.INPUT, Source.INPUT));
    for (List<DrawnLayer> chain : chains(layers)) {
      List<NetworkLayer> made = new ArrayList<>();
      for (DrawnLayer layer : chain) {
        Shape[] inputs = layer.from().stream().map(shapes::get).toArray(Shape[]::new);
        made.add(layer.make(build, inputs));
        shapes.put(layer.name(), made.get(made.size() - 1).output());
      }
      Source[] from = chain.get(0).from().stream().map(sources::get).toArray(Source[]::new);
      Stage stage = build.from(from).stage(made.toArray(NetworkLayer[]::new));
      stages.add(stage);
      sources.put(chain.get(chain.size() - 1).name(), stage);
    }
  }

  /** Cuts the layers where a stage begins: an output that several layers take ends one. */
  private static List<List<DrawnLayer>> chains(List<DrawnLayer> layers) {
    List<List<DrawnLayer>> chains = new ArrayList<>();
    DrawnLayer before = null;
    for (DrawnLayer layer : layers) {
      if (before == null || !follows(layer, before, layers)) {
        chains.add(new ArrayList<>());
      }
      chains.get(chains.size() - 1).add(layer);
      before = layer;
    }
    return chains;
  }

  private static boolean follows(DrawnLayer layer, DrawnLayer before, List<DrawnLayer> layers) {
    return layer.kind().place() == LayerKind.Place.FOLLOWS
        && before.kind().place() != LayerKind.Place.ALONE
        && layer.from().get(0).equals(before.name())
        && layers.stream().filter(other -> other.from().contains(before.name())).count() == 1;
  }

  @Override
  protected Signal forward(Pass pass, Signal images) {
    Map<Integer, Signal> outputs = new HashMap<>(Map.of(Stage.INPUT, images));
    Signal last = images;
    for (Stage stage : stages) {
      Signal[] inputs = stage.inputs().stream().map(outputs::get).toArray(Signal[]::new);
      last = inputs.length == 1 ? pass.forward(stage, inputs[0]) : pass.join(stage, inputs);
      outputs.put(stage.index(), last);
    }
    return last;
  }

  @Override
  protected Signal backward(Pass pass, Signal outputGradient) {
    Map<Integer, List<Signal>> gradients = new HashMap<>();
    gradients.put(stages.size() - 1, List.of(outputGradient));
    for (int i = stages.size() - 1; i >= 0; i--) {
      Stage stage = stages.get(i);
      Signal gradient = sum(pass, gradients.get(i));
      boolean joins = stage.inputs().size() > 1;
      Signal[] parts =
          joins ? pass.split(stage, gradient) : new Signal[] {pass.backward(stage, gradient)};
      for (int p = 0; p < parts.length; p++) {
        gradients.computeIfAbsent(stage.inputs().get(p), at -> new ArrayList<>()).add(parts[p]);
      }
    }
    return sum(pass, gradients.get(Stage.INPUT));
  }

  private static Signal sum(Pass pass, List<Signal> gradients) {
    return gradients.size() == 1 ? gradients.get(0) : pass.sum(gradients.toArray(Signal[]::new));
  }
}
