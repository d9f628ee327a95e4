package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Traverses a network with one image, outputs in the lanes, in evaluation mode. What does not
 * depend on the posterior sample is computed with the first one only. A pass is reused, with its
 * memory.
 */
final class ImagePass implements Pass {
  private final Network network;
  private final ImageRun run;
  private final ImageOperations operations;
  private final Map<Integer, Step[]> steps = new HashMap<>();
  private final Map<Integer, ImageOperations.Join> joins = new HashMap<>();
  private final float[] input;

  /** An operation and its last result. */
  private static final class Step {
    private final ImageOperation operation;
    private float[] y;

    Step(ImageOperation operation) {
      this.operation = operation;
    }
  }

  ImagePass(Network network, NetworkPanels panels, int workers) {
    this.network = network;
    this.run = new ImageRun(workers);
    this.operations = new ImageOperations(run, panels);
    this.input = ImageRun.array(network.input().size());
  }

  /**
   * Runs one image under one posterior sample.
   *
   * @param images {@code [count, input]}
   * @param image which of them
   * @param key of the sample, with the image's number
   * @param workers that share out large layers
   * @param repeats whether the run before was of the same image and weights
   * @param logits gets those of this image, {@code [count, output]}
   */
  void run(
      float[] images, int image, NoiseKey key, Workers workers, boolean repeats, float[] logits) {
    run.set(key, workers, repeats);
    int size = network.input().size();
    System.arraycopy(images, image * size, input, 0, size);
    ImageSignal y = (ImageSignal) network.forward().run(this, new ImageSignal(input, true));
    int outputs = network.output().size();
    System.arraycopy(y.values(), 0, logits, image * outputs, outputs);
  }

  @Override
  public Signal forward(Stage stage, Signal input) {
    return run(stage, 0, (ImageSignal) input);
  }

  @Override
  public Signal join(Stage stage, Signal... inputs) {
    ImageOperations.Join join =
        joins.computeIfAbsent(
            stage.index(), index -> ImageOperations.joining((JoinLayer) stage.first()));
    float[][] x = new float[inputs.length][];
    boolean constant = true;
    for (int i = 0; i < inputs.length; i++) {
      ImageSignal part = (ImageSignal) inputs[i];
      x[i] = part.values();
      constant &= part.isConstant();
    }
    return run(stage, 1, new ImageSignal(join.forward(x), constant));
  }

  private ImageSignal run(Stage stage, int first, ImageSignal input) {
    Step[] taken = steps.get(stage.index());
    if (taken == null) {
      List<NetworkLayer> layers = stage.layersPooledFirst();
      taken =
          operations.of(layers.subList(first, layers.size())).stream()
              .map(Step::new)
              .toArray(Step[]::new);
      steps.put(stage.index(), taken);
    }
    float[] x = input.values();
    boolean constant = input.isConstant();
    for (Step step : taken) {
      boolean known = constant && run.repeats();
      if (!known || step.operation.draws()) {
        step.y = step.operation.forward(x, known);
      }
      x = step.y;
      constant &= !step.operation.draws();
    }
    return new ImageSignal(x, constant);
  }

  @Override
  public Signal backward(Stage stage, Signal outputGradient) {
    throw forwardOnly();
  }

  @Override
  public Signal[] split(Stage stage, Signal outputGradient) {
    throw forwardOnly();
  }

  @Override
  public Signal sum(Signal... gradients) {
    throw forwardOnly();
  }

  private static UnsupportedOperationException forwardOnly() {
    return new UnsupportedOperationException("a pass of one image runs forward only");
  }
}
