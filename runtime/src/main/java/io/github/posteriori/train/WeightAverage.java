package io.github.posteriori.train;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@linkplain Averaging average} of a network's weights. Between two epochs the network has the
 * average, and the weights that the next step goes on from are here.
 */
public final class WeightAverage {
  /** The slot of the weights after the last step. */
  public static final String RAW = "raw";

  /** The slot of their average. */
  public static final String AVERAGE = "average";

  private final Averaging averaging;
  private final List<Averaged> tensors;
  private long steps;
  private boolean applied;

  /** Prepares the average of a training. */
  public WeightAverage(Network network, Averaging averaging) {
    this.averaging = averaging;
    this.tensors =
        averaging instanceof Averaging.None
            ? List.of()
            : network.parameters().stream().map(Averaged::new).toList();
  }

  /** Counts the weights after a step of an epoch, from 0, of {@code epochs}. */
  public void add(int epoch, int epochs) {
    if (averaging.covers(epoch, epochs)) {
      steps++;
      float weight = (float) averaging.weight(steps);
      tensors.forEach(tensor -> tensor.add(weight));
    }
  }

  /** Gives the network the average, if a step has counted; {@link #remove} takes it away. */
  public void apply() {
    if (steps > 0) {
      tensors.forEach(tensor -> tensor.parameter.write(tensor.average));
      applied = true;
    }
  }

  /** Gives the network back the weights that it had before {@link #apply}. */
  public void remove() {
    if (applied) {
      tensors.forEach(tensor -> tensor.parameter.write(tensor.raw));
      applied = false;
    }
  }

  /** Returns a copy of all that the rest of a training depends on while the average is applied. */
  public Optional<OptimiserState> state() {
    if (!applied) {
      return Optional.empty();
    }
    Map<String, Map<String, float[]>> slots = new LinkedHashMap<>();
    tensors.forEach(tensor -> slots.put(tensor.parameter.name(), tensor.slots()));
    return Optional.of(new OptimiserState(steps, slots));
  }

  /**
   * Continues from the state of another training of the same network, which has the average.
   *
   * @throws IllegalArgumentException when {@code state} belongs to another network or averaging
   */
  public void restore(OptimiserState state) {
    if (averaging instanceof Averaging.None) {
      throw new IllegalArgumentException(
          "the training to resume averages its weights, but the options do not: state the averaging"
              + " that it began with");
    }
    tensors.forEach(tensor -> tensor.restore(state));
    steps = state.steps();
    applied = true;
  }

  /** A tensor, the values that a step left, and their average. */
  private static final class Averaged {
    private final Parameter parameter;
    private final float[] raw;
    private final float[] average;

    Averaged(Parameter parameter) {
      this.parameter = parameter;
      this.raw = new float[parameter.size()];
      this.average = new float[parameter.size()];
    }

    void add(float weight) {
      parameter.read(raw);
      for (int i = 0; i < raw.length; i++) {
        average[i] += weight * (raw[i] - average[i]);
      }
    }

    Map<String, float[]> slots() {
      return Map.of(RAW, raw.clone(), AVERAGE, average.clone());
    }

    void restore(OptimiserState state) {
      copy(state.slot(parameter.name(), RAW, raw.length), raw);
      copy(state.slot(parameter.name(), AVERAGE, average.length), average);
    }

    private static void copy(float[] from, float[] to) {
      System.arraycopy(from, 0, to, 0, to.length);
    }
  }
}
