package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.Ensemble;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.engine.vector.BlockPasses.Ends;
import io.github.posteriori.engine.vector.PosteriorTensor.Samples;
import io.github.posteriori.engine.vector.PosteriorTensor.Use;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory in which one caller at a time runs a network: the weights as the kernels want them,
 * and the passes of each worker.
 *
 * <p>Blocks go through the whole network one after the other, each on one worker. Where a layer
 * needs the whole batch, one pass takes all blocks, and the workers share out each layer.
 */
final class Session {
  private final Network network;
  private final Workers workers;
  private final NetworkWeights weights;
  private final List<Parameter> parametersOfOthers = new ArrayList<>();
  private final int elements;
  private final int classes;

  private final BlockPasses passes;

  /** The other way to run few images, made when they first come. */
  private ImageByImage imageByImage;

  private final int width;
  private Partition partition = new Partition(0);
  private double[] values = new double[0];
  private float[][][] blockLogits = new float[0][][];
  private float[][][] blockGradients = new float[0][][];

  Session(Network network, Workers workers, int width, Planner planner) {
    this.network = network;
    this.workers = workers;
    this.weights = new NetworkWeights(network, workers, width, planner);
    this.elements = network.input().size();
    this.classes = network.output().size();
    this.width = width;
    for (NetworkLayer layer : network.layers()) {
      if (!(layer instanceof AffineLayer)) {
        parametersOfOthers.addAll(layer.parameters());
      }
    }
    NeededGradients needed = NeededGradients.of(network);
    this.passes = new BlockPasses(network, weights, needed, workers);
  }

  /** Whether the session works with these. */
  boolean uses(Workers workers) {
    return this.workers == workers;
  }

  /** KL(q || p), in nats. */
  double kl() {
    return weights.kl();
  }

  /**
   * Logits of some posterior samples, outside training.
   *
   * @param logits gets {@code [count, classes]} for each sample
   */
  void forward(float[] images, int count, NoiseKey key, int samples, float[][] logits) {
    if (ImageByImage.takes(network, key, weights.draws(), count, samples)) {
      if (imageByImage == null) {
        imageByImage = new ImageByImage(network, weights, workers);
      }
      imageByImage.forward(images, count, key, samples, logits);
      return;
    }
    if (weights.draws()) {
      for (int s = 0; s < samples; s++) {
        weights.prepare(key.plusSamples(s), Use.PASS);
        evaluate(images, count, count, key.plusSamples(s), 1, new float[][] {logits[s]});
      }
      return;
    }
    weights.prepare(key, Use.PASS);
    boolean lanesHoldSamples = count < Lanes.FULL && samples > 1;
    if (lanesHoldSamples) {
      evaluate(images, count * samples, count, key, 1, logits);
    } else {
      evaluate(images, count, count, key, samples, logits);
    }
  }

  private void evaluate(
      float[] images, int lanes, int count, NoiseKey key, int samples, float[][] logits) {
    partition(lanes);
    if (passes.meet(Purpose.EVALUATION)) {
      Ends ends = passes.whole(partition, Purpose.EVALUATION);
      for (int b = 0; b < partition.blocks(); b++) {
        set(ends.pass().blocks()[b], b, count, key, samples, Purpose.EVALUATION);
        Transpose.toLanes(images, elements, ends.pass().blocks()[b], ends.images()[b]);
      }
      evaluate(ends, count, samples, logits);
      return;
    }
    workers.run(
        partition.blocks(),
        (b, worker) -> {
          Ends ends = passes.of(worker, partition.width(b), Purpose.EVALUATION);
          LaneBlock block = ends.pass().blocks()[0];
          set(block, b, count, key, samples, Purpose.EVALUATION);
          Transpose.toLanes(images, elements, block, ends.images()[0]);
          evaluate(ends, count, samples, logits);
        });
  }

  /**
   * Logits of images that stand in columns, as in the lanes of a block.
   *
   * @param columns {@code [input, count]}
   * @param outputs gets {@code [output, count]}
   */
  void forwardColumns(float[] columns, int count, NoiseKey key, float[] outputs) {
    weights.prepare(key, Use.PASS);
    partition = Partition.ofOneCore(count, width);
    if (passes.meet(Purpose.EVALUATION)) {
      Ends ends = passes.whole(partition, Purpose.EVALUATION);
      for (int b = 0; b < partition.blocks(); b++) {
        set(ends.pass().blocks()[b], b, count, key, 1, Purpose.EVALUATION);
      }
      forwardColumns(ends, columns, count, outputs);
    } else {
      workers.run(
          partition.blocks(),
          (b, worker) -> {
            Ends ends = passes.of(worker, partition.width(b), Purpose.EVALUATION);
            set(ends.pass().blocks()[0], b, count, key, 1, Purpose.EVALUATION);
            forwardColumns(ends, columns, count, outputs);
          });
    }
  }

  private void forwardColumns(Ends ends, float[] columns, int count, float[] outputs) {
    LaneBlock[] blocks = ends.pass().blocks();
    for (int i = 0; i < blocks.length; i++) {
      Transpose.columnsToLanes(columns, elements, count, blocks[i], ends.images()[i]);
    }
    Activations y = traverse(ends, 0, AllGather.alone());
    for (int i = 0; i < blocks.length; i++) {
      Transpose.lanesToColumns(y.arrays()[i], classes, blocks[i], count, outputs);
    }
  }

  private void set(
      LaneBlock block, int index, int images, NoiseKey key, int samples, Purpose purpose) {
    block.set(index, partition.first(index), partition.count(index), images, key, samples, purpose);
  }

  private void evaluate(Ends ends, int count, int samples, float[][] logits) {
    for (int s = 0; s < samples; s++) {
      Activations y = traverse(ends, s, AllGather.alone());
      for (int i = 0; i < ends.pass().blocks().length; i++) {
        LaneBlock block = ends.pass().blocks()[i];
        for (int lane = 0; lane < block.count(); ) {
          int image = block.image(lane);
          int together = Math.min(block.count() - lane, count - image);
          float[] target = logits[s + (block.first() + lane) / count];
          Transpose.fromLanes(
              y.arrays()[i], classes, block.width(), lane, lane + together, target, image);
          lane += together;
        }
      }
    }
  }

  private Activations traverse(Ends ends, int sample, AllGather shards) {
    ends.pass().start(sample, shards);
    Activations y =
        (Activations) network.forward().run(ends.pass(), new Activations(ends.images(), true));
    ends.pass().finish();
    return y;
  }

  /**
   * Runs forward and backward as {@link io.github.posteriori.engine.NetworkRunner#gradients}.
   *
   * @param sink of the gradients, if it wants those of this loss
   */
  Losses gradients(StepRequest request, GradientSink sink) {
    partition(request.count());
    reserve(request.samples());
    parametersOfOthers.forEach(Parameter::clearGradient);
    TrainingPass pass = new TrainingPass(request, sink);
    Ensemble.run(request.samples(), pass);
    if (pass.wanted) {
      for (Parameter parameter : parametersOfOthers) {
        parameter.takeAddedGradient();
        sink.takeHeld(parameter, workers);
      }
    }
    return pass.losses;
  }

  /** The samples of one training pass. */
  private final class TrainingPass implements Ensemble {
    private final StepRequest request;
    private final GradientSink sink;
    private Losses losses;
    private boolean wanted;

    TrainingPass(StepRequest request, GradientSink sink) {
      this.request = request;
      this.sink = sink;
    }

    @Override
    public void runAhead(int sample) {
      weights.prepare(request.noise().plusSamples(sample), Use.PASS);
      run(request, sample, Purpose.FORWARD_ONLY);
    }

    @Override
    public void train(int sample) {
      weights.prepare(request.noise().plusSamples(sample), Use.GRADIENTS);
      run(request, sample, Purpose.TRAINING);
      boolean isLast = sample == request.samples() - 1;
      if (isLast) {
        losses = new Losses(value(), weights.preparedKl());
      }
      wanted = !isLast || sink.begin(losses.loss(request.beta()));
      if (wanted) {
        weights.finish(partition.blocks(), new Samples(sample == 0, isLast), sink);
      }
    }
  }

  /** The objective, which the first sample's run evaluates with the logits of all. */
  private double value() {
    double value = 0;
    for (int b = 0; b < partition.blocks(); b++) {
      value += values[b];
    }
    return value;
  }

  private void reserve(int samples) {
    int blocks = partition.blocks();
    weights.reserve(partition, samples);
    if (values.length < blocks) {
      values = new double[blocks];
    }
    boolean fits = blockLogits.length == blocks && blocks > 0 && blockLogits[0].length == samples;
    for (int b = 0; fits && b < blocks; b++) {
      fits = blockLogits[b][0].length == partition.count(b) * classes;
    }
    if (!fits) {
      blockLogits = new float[blocks][samples][];
      blockGradients = new float[blocks][samples][];
      for (int b = 0; b < blocks; b++) {
        for (int s = 0; s < samples; s++) {
          blockLogits[b][s] = new float[partition.count(b) * classes];
          blockGradients[b][s] = new float[partition.count(b) * classes];
        }
      }
    }
  }

  /** Runs one sample of all blocks forward, and in training the objective and the way back. */
  private void run(StepRequest request, int sample, Purpose purpose) {
    NoiseKey key = request.noise().plusSamples(sample);
    if (passes.meet(purpose)) {
      Ends ends = passes.whole(partition, purpose);
      for (int b = 0; b < partition.blocks(); b++) {
        set(ends.pass().blocks()[b], b, Integer.MAX_VALUE, key, 1, purpose);
        Transpose.toLanes(request.images(), elements, ends.pass().blocks()[b], ends.images()[b]);
      }
      run(ends, request, sample);
    } else {
      workers.run(
          partition.blocks(),
          (b, worker) -> {
            Ends ends = passes.of(worker, partition.width(b), purpose);
            LaneBlock block = ends.pass().blocks()[0];
            set(block, b, Integer.MAX_VALUE, key, 1, purpose);
            Transpose.toLanes(request.images(), elements, block, ends.images()[0]);
            run(ends, request, sample);
          });
    }
  }

  private void run(Ends ends, StepRequest request, int sample) {
    Activations y = traverse(ends, 0, request.shards());
    LaneBlock[] blocks = ends.pass().blocks();
    for (int i = 0; i < blocks.length; i++) {
      int b = blocks[i].index();
      Transpose.fromLanes(
          y.arrays()[i],
          classes,
          blocks[i].width(),
          0,
          blocks[i].count(),
          blockLogits[b][sample],
          0);
    }
    if (!blocks[0].purpose().keepsActivations()) {
      return;
    }
    for (int i = 0; i < blocks.length; i++) {
      int b = blocks[i].index();
      if (sample == 0) {
        values[b] =
            request
                .objective()
                .evaluate(blocks[i].first(), blocks[i].count(), blockLogits[b], blockGradients[b]);
      }
      Transpose.rowsToLanes(blockGradients[b][sample], classes, 0, blocks[i], ends.gradients()[i]);
    }
    network.backward().run(ends.pass(), new Gradient(ends.gradients()));
    ends.pass().finish();
  }

  private void partition(int count) {
    partition = new Partition(count, width);
  }
}
