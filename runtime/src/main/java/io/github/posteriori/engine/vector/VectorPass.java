package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Traverses a network with one block of images, or with all blocks of the batch where layers need
 * it whole. A pass is reused, with its memory.
 */
final class VectorPass implements Pass {
  private final LaneBlock[] blocks;
  private final NeededGradients needed;
  private final Operations operations;
  private final Map<Integer, List<Step>> steps = new HashMap<>();
  private final Map<Integer, JoinStep> joins = new HashMap<>();
  private final Map<Integer, float[][]> sums = new HashMap<>();
  private int sample;
  private int nextSum;

  VectorPass(
      LaneBlock[] blocks,
      Map<NetworkLayer, AffineWeights> weights,
      NeededGradients needed,
      Workers workers) {
    this.needed = needed;
    this.blocks = blocks;
    this.operations = new Operations(blocks, weights, needed, workers);
  }

  /** Joins on each block, and for each input whether its gradient is needed. */
  private record JoinStep(
      Join[] joins, boolean[] needed, float[][] outputs, float[][][] gradients) {}

  LaneBlock[] blocks() {
    return blocks;
  }

  /** Begins a traversal for one of the run's samples, in turn from 0. */
  void start(int sample) {
    this.sample = sample;
    this.nextSum = 0;
  }

  @Override
  public Signal forward(Stage stage, Signal input) {
    return run(stage, 0, (Activations) input);
  }

  private Activations run(Stage stage, int first, Activations input) {
    List<Step> taken = steps.get(stage.index());
    if (taken == null) {
      List<NetworkLayer> layers = stage.layersPooledFirst();
      taken = operations.of(layers.subList(first, layers.size()));
      steps.put(stage.index(), taken);
    }
    Activations x = input;
    for (int i = 0; i < taken.size(); i++) {
      x = taken.get(i).forward(x, sample, blocks[0].samples());
    }
    return x;
  }

  @Override
  public Signal join(Stage stage, Signal... inputs) {
    JoinStep step = joins.computeIfAbsent(stage.index(), index -> joinStep(stage, inputs.length));
    boolean constant = true;
    for (Signal input : inputs) {
      constant &= ((Activations) input).isConstant();
    }
    if (!constant || sample == 0) {
      for (int block = 0; block < blocks.length; block++) {
        float[][] x = new float[inputs.length][];
        for (int i = 0; i < inputs.length; i++) {
          x[i] = ((Activations) inputs[i]).arrays()[block];
        }
        step.outputs[block] = step.joins[block].forward(x);
      }
    }
    return run(stage, 1, new Activations(step.outputs, constant));
  }

  private JoinStep joinStep(Stage stage, int inputs) {
    Join[] each = new Join[blocks.length];
    for (int block = 0; block < blocks.length; block++) {
      each[block] = new Join(blocks[block], (JoinLayer) stage.layers().get(0), inputs);
    }
    boolean[] wanted = new boolean[inputs];
    for (int i = 0; i < inputs; i++) {
      wanted[i] = needed.byInput(stage, i);
    }
    return new JoinStep(
        each, wanted, new float[blocks.length][], new float[inputs][blocks.length][]);
  }

  @Override
  public Signal backward(Stage stage, Signal outputGradient) {
    List<Step> taken = steps.get(stage.index());
    Gradient gradient = (Gradient) outputGradient;
    for (int i = taken.size() - 1; i >= 0; i--) {
      gradient = taken.get(i).backward(gradient);
    }
    return gradient;
  }

  @Override
  public Signal[] split(Stage stage, Signal outputGradient) {
    Gradient gradient = (Gradient) backward(stage, outputGradient);
    JoinStep step = joins.get(stage.index());
    Signal[] parts = new Signal[step.needed.length];
    for (int i = 0; i < parts.length; i++) {
      if (gradient.isEmpty() || !step.needed[i]) {
        parts[i] = Gradient.NONE;
        continue;
      }
      for (int block = 0; block < blocks.length; block++) {
        step.gradients[i][block] = step.joins[block].backward(gradient.arrays()[block], i);
      }
      parts[i] = new Gradient(step.gradients[i]);
    }
    return parts;
  }

  @Override
  public Signal sum(Signal... gradients) {
    Gradient first = Gradient.NONE;
    float[][] sum = null;
    for (Signal signal : gradients) {
      Gradient part = (Gradient) signal;
      if (first.isEmpty()) {
        first = part;
      } else if (!part.isEmpty()) {
        if (sum == null) {
          sum = copy(first);
        }
        for (int block = 0; block < blocks.length; block++) {
          int floats = sum[block].length - Lanes.LEAD;
          Elementwise.add(part.arrays()[block], Lanes.LEAD, sum[block], Lanes.LEAD, floats);
        }
      }
    }
    return sum == null ? first : new Gradient(sum);
  }

  private float[][] copy(Gradient gradient) {
    float[][] target = sums.computeIfAbsent(nextSum++, index -> new float[blocks.length][]);
    for (int block = 0; block < blocks.length; block++) {
      float[] from = gradient.arrays()[block];
      if (target[block] == null || target[block].length != from.length) {
        target[block] = new float[from.length];
      }
      System.arraycopy(from, 0, target[block], 0, from.length);
    }
    return target;
  }
}
