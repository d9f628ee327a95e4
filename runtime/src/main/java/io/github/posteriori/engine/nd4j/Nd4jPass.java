package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A pass with the whole batch in one array. */
final class Nd4jPass implements Pass {
  private final Operations operations;
  private final NeededGradients needed;
  private final Map<Integer, List<Step>> steps = new HashMap<>();
  private final Map<Integer, Joined> joins = new HashMap<>();
  private final BiConsumer<NetworkLayer, INDArray> watcher;

  /** Creates a pass whose {@code watcher} sees the output of each layer. */
  Nd4jPass(
      Operations operations, NeededGradients needed, BiConsumer<NetworkLayer, INDArray> watcher) {
    this.operations = operations;
    this.needed = needed;
    this.watcher = watcher;
  }

  @Override
  public Signal forward(Stage stage, Signal input) {
    return run(stage, stage.layersPooledFirst(), (Activations) input);
  }

  @Override
  public Signal join(Stage stage, Signal... inputs) {
    Join join = operations.joining((JoinLayer) stage.first());
    INDArray together =
        join.forward(Arrays.stream(inputs).map(part -> ((Activations) part).array()).toList());
    if (operations.purpose().keepsActivations()) {
      List<Boolean> wanted =
          IntStream.range(0, inputs.length).mapToObj(i -> needed.byInput(stage, i)).toList();
      joins.put(stage.index(), new Joined(join, wanted));
    }
    watcher.accept(stage.first(), together);
    List<NetworkLayer> further = stage.layersPooledFirst().subList(1, stage.layers().size());
    return run(stage, further, new Activations(together));
  }

  private Activations run(Stage stage, List<NetworkLayer> layers, Activations input) {
    List<Step> taken = new ArrayList<>();
    Activations x = input;
    for (NetworkLayer layer : layers) {
      Operation operation = layer.match(operations);
      taken.add(new Step(operation, needed.byInput(layer), needed.byOutput(layer)));
      x = new Activations(operation.forward(x.array()));
      watcher.accept(layer, x.array());
    }
    if (operations.purpose().keepsActivations()) {
      steps.put(stage.index(), taken);
    }
    return x;
  }

  @Override
  public Signal backward(Stage stage, Signal outputGradient) {
    return back(stage, outputGradient);
  }

  @Override
  public Signal[] split(Stage stage, Signal outputGradient) {
    return joins.get(stage.index()).split(back(stage, outputGradient));
  }

  private Gradient back(Stage stage, Signal outputGradient) {
    List<Step> taken = steps.get(stage.index());
    Gradient gradient = (Gradient) outputGradient;
    for (int i = taken.size() - 1; i >= 0; i--) {
      gradient = taken.get(i).backward(gradient);
    }
    return gradient;
  }

  @Override
  public Signal sum(Signal... gradients) {
    List<INDArray> parts =
        Arrays.stream(gradients).flatMap(part -> ((Gradient) part).array().stream()).toList();
    return switch (parts.size()) {
      case 0 -> Gradient.NONE;
      case 1 -> Gradient.of(parts.get(0));
      default -> Gradient.of(new Addition().forward(parts));
    };
  }
}
