package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.Chains;
import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.ArrayList;
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
  private final Chains chains;
  private final Operations operations;
  private final BlockTasks tasks;
  private final Map<Integer, List<Step>> steps = new HashMap<>();
  private final Map<Integer, JoinStep> joins = new HashMap<>();
  private final Map<Integer, float[][]> sums = new HashMap<>();
  private int sample;
  private int nextSum;

  /**
   * Creates a pass.
   *
   * @param chains in which the layers are fused
   * @param operations of these blocks
   * @param needed how far the way back has to go
   * @param tasks gets the work of each block
   */
  VectorPass(
      LaneBlock[] blocks,
      Chains chains,
      Operations operations,
      NeededGradients needed,
      BlockTasks tasks) {
    this.needed = needed;
    this.blocks = blocks;
    this.chains = chains;
    this.operations = operations;
    this.tasks = tasks;
  }

  LaneBlock[] blocks() {
    return blocks;
  }

  /**
   * Begins a traversal for one of the run's samples, in turn from 0.
   *
   * @param shards exchanges numbers with the blocks of other shards
   */
  void start(int sample, AllGather shards) {
    this.sample = sample;
    this.nextSum = 0;
    tasks.start(shards);
  }

  /** Ends a traversal, forward or back: fills the arrays that it returned. */
  void finish() {
    tasks.run();
  }

  /** Runs the whole chain that a stage begins; one that continues a chain passes on its input. */
  @Override
  public Signal forward(Stage stage, Signal input) {
    Stage chain = chains.begunBy(stage);
    return chain == null ? input : run(chain, 0, (Activations) input);
  }

  private Activations run(Stage chain, int first, Activations input) {
    List<Step> taken = steps.get(chain.index());
    if (taken == null) {
      List<NetworkLayer> layers = chain.layersPooledFirst();
      taken = operations.of(layers.subList(first, layers.size()));
      steps.put(chain.index(), taken);
    }
    Activations x = input;
    for (int i = 0; i < taken.size(); i++) {
      x = taken.get(i).forward(x, sample, blocks[0].samples(), tasks);
    }
    return x;
  }

  @Override
  public Signal join(Stage stage, Signal... inputs) {
    JoinStep step = joins.computeIfAbsent(stage.index(), index -> joinStep(stage, inputs.length));
    boolean constant = true;
    float[][][] arrays = new float[inputs.length][][];
    for (int i = 0; i < inputs.length; i++) {
      Activations input = (Activations) inputs[i];
      arrays[i] = input.arrays();
      constant &= input.isConstant();
    }
    if (!constant || sample == 0) {
      tasks.add(block -> step.forward(block, arrays));
    }
    int next = step.activation == null ? 1 : 2;
    return run(chains.begunBy(stage), next, new Activations(step.outputs, constant));
  }

  private JoinStep joinStep(Stage stage, int inputs) {
    List<NetworkLayer> layers = chains.begunBy(stage).layersPooledFirst();
    ActivationLayer activation =
        layers.size() > 1
                && layers.get(0) instanceof AddLayer
                && layers.get(1) instanceof ActivationLayer a
            ? a
            : null;
    Join[] each = new Join[blocks.length];
    for (int block = 0; block < blocks.length; block++) {
      each[block] = new Join(blocks[block], (JoinLayer) layers.get(0), inputs, activation);
    }
    boolean[] wanted = new boolean[inputs];
    for (int i = 0; i < inputs; i++) {
      wanted[i] = needed.byInput(stage, i);
    }
    return new JoinStep(
        each, activation, wanted, new float[blocks.length][], new float[inputs][blocks.length][]);
  }

  /** Joins on each block, with an activation or null, and which inputs' gradients are needed. */
  private record JoinStep(
      Join[] joins,
      ActivationLayer activation,
      boolean[] needed,
      float[][] outputs,
      float[][][] gradients) {

    void forward(int block, float[][][] inputs) {
      float[][] x = new float[inputs.length][];
      for (int i = 0; i < inputs.length; i++) {
        x[i] = inputs[i][block];
      }
      outputs[block] = joins[block].forward(x);
    }

    void backward(int block, float[] dy) {
      float[] dz = joins[block].backward(dy);
      for (int i = 0; i < needed.length; i++) {
        if (needed[i]) {
          gradients[i][block] = joins[block].split(dz, i);
        }
      }
    }
  }

  /** Runs the whole chain that a stage ends; one that another continues passes the gradient on. */
  @Override
  public Signal backward(Stage stage, Signal outputGradient) {
    Stage chain = chains.endedBy(stage);
    if (chain == null) {
      return outputGradient;
    }
    List<Step> taken = steps.get(chain.index());
    Gradient gradient = (Gradient) outputGradient;
    for (int i = taken.size() - 1; i >= 0; i--) {
      gradient = taken.get(i).backward(gradient, tasks);
    }
    return gradient;
  }

  @Override
  public Signal[] split(Stage stage, Signal outputGradient) {
    Gradient gradient = (Gradient) backward(stage, outputGradient);
    JoinStep step = joins.get(stage.index());
    Signal[] parts = new Signal[step.needed.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          gradient.isEmpty() || !step.needed[i] ? Gradient.NONE : new Gradient(step.gradients[i]);
    }
    if (!gradient.isEmpty()) {
      float[][] dy = gradient.arrays();
      tasks.add(block -> step.backward(block, dy[block]));
    }
    return parts;
  }

  @Override
  public Signal sum(Signal... gradients) {
    List<float[][]> parts = new ArrayList<>();
    for (Signal signal : gradients) {
      if (!((Gradient) signal).isEmpty()) {
        parts.add(((Gradient) signal).arrays());
      }
    }
    if (parts.size() < 2) {
      return parts.isEmpty() ? Gradient.NONE : new Gradient(parts.get(0));
    }
    float[][] sum = sums.computeIfAbsent(nextSum++, index -> new float[blocks.length][]);
    tasks.add(block -> sum[block] = sum(parts, block, sum[block]));
    return new Gradient(sum);
  }

  private static float[] sum(List<float[][]> parts, int block, float[] target) {
    float[] first = parts.get(0)[block];
    float[] sum = target == null || target.length != first.length ? first.clone() : target;
    int floats = sum.length - Lanes.LEAD;
    Elementwise.sum(first, parts.get(1)[block], Lanes.LEAD, sum, Lanes.LEAD, floats);
    for (int i = 2; i < parts.size(); i++) {
      Elementwise.add(parts.get(i)[block], Lanes.LEAD, sum, Lanes.LEAD, floats);
    }
    return sum;
  }
}
