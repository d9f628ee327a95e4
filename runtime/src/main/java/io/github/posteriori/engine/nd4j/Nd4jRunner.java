package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.Ensemble;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a network on whole batches.
 *
 * <p>Arrays of a pass live in a workspace, memory that is laid out once and reused by the next
 * pass.
 */
@SuppressWarnings("try") // a workspace works by being open
final class Nd4jRunner implements NetworkRunner {
  private static final WorkspaceConfiguration PASS_MEMORY =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyAllocation(AllocationPolicy.STRICT)
          .policySpill(SpillPolicy.REALLOCATE)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .build();

  private final Network network;
  private final NeededGradients needed;
  private final ParameterArrays arrays;
  private volatile KeptKl kept;

  /** The KL divergence of parameters of one version. */
  private record KeptKl(long version, double kl) {}

  /** Creates a runner in float, or in double to check gradients. */
  Nd4jRunner(Network network, DataType type) {
    this(network, type, NeededGradients.of(network));
  }

  /** Creates a runner that computes only the gradients in {@code needed}. */
  Nd4jRunner(Network network, DataType type, NeededGradients needed) {
    this.network = network;
    this.needed = needed;
    this.arrays = new ParameterArrays(network.parameters(), type);
  }

  /** The arrays of the parameters in this runner's precision. */
  ParameterArrays arrays() {
    return arrays;
  }

  /** Creates a pass of a whole batch with the current values of the parameters. */
  Nd4jPass pass(NoiseKey noise, Purpose purpose, BiConsumer<NetworkLayer, INDArray> watcher) {
    return pass(noise, purpose, AllGather.alone(), watcher);
  }

  private Nd4jPass pass(
      NoiseKey noise,
      Purpose purpose,
      AllGather shards,
      BiConsumer<NetworkLayer, INDArray> watcher) {
    arrays.refresh();
    return new Nd4jPass(new Operations(noise, purpose, arrays, shards), needed, watcher);
  }

  private Nd4jPass pass(NoiseKey noise, Purpose purpose, AllGather shards) {
    return pass(noise, purpose, shards, (layer, output) -> {});
  }

  @Override
  public float[] forward(float[] images, int count, NoiseKey noise) {
    Nd4jPass pass = pass(noise, Purpose.EVALUATION, AllGather.alone());
    try (MemoryWorkspace memory = passMemory("POSTERIORI_FORWARD")) {
      return forward(images, count, pass);
    }
  }

  /** Runs a pass forward for its watcher alone. */
  void watch(float[] images, int count, Nd4jPass pass) {
    try (MemoryWorkspace memory = passMemory("POSTERIORI_FORWARD")) {
      forward(images, count, pass);
    }
  }

  @Override
  public double kl() {
    long version = arrays.refresh();
    KeptKl found = kept;
    if (found == null || found.version != version) {
      found = new KeptKl(version, computeKl());
      kept = found;
    }
    return found.kl;
  }

  private double computeKl() {
    try (MemoryWorkspace memory = passMemory("POSTERIORI_KL")) {
      double sum = 0;
      for (Divergence divergence : divergences(NoiseKey.ofWeightsAlone())) {
        sum += divergence.value();
      }
      return sum;
    }
  }

  @Override
  public Losses gradients(StepRequest request) {
    arrays.refresh();
    NoiseKey last = request.noise().plusSamples(request.samples() - 1);
    double kl = startFromKl(request.beta(), last);
    TrainingPass training = new TrainingPass(request);
    Ensemble.run(request.samples(), training);
    arrays.storeGradients();
    for (Parameter parameter : network.parameters()) {
      if (!parameter.trained()) {
        arrays.store(parameter);
      }
    }
    return new Losses(training.objective, kl);
  }

  /**
   * Sets the gradients to those of beta KL, which are the same for all samples, and returns KL.
   *
   * @param noise of the draw at which KL is estimated where it has no closed form
   */
  private double startFromKl(double beta, NoiseKey noise) {
    arrays.clearGradients();
    try (MemoryWorkspace memory = passMemory("POSTERIORI_KL")) {
      double kl = 0;
      for (Divergence divergence : divergences(noise)) {
        kl += divergence.value();
        divergence.addGradient(beta);
      }
      return kl;
    }
  }

  /** Creates the divergences of all posteriors that the forward pass samples. */
  List<Divergence> divergences(NoiseKey noise) {
    return network.layers().stream()
        .filter(AffineLayer.class::isInstance)
        .map(AffineLayer.class::cast)
        .flatMap(layer -> Divergence.of(layer, noise, arrays).stream())
        .toList();
  }

  /** The samples of one training pass. */
  private final class TrainingPass implements Ensemble {
    private final StepRequest request;
    private final float[][] logits;
    private final float[][] gradients;
    private double objective;

    TrainingPass(StepRequest request) {
      this.request = request;
      this.logits = new float[request.samples()][];
      this.gradients = new float[request.samples()][];
    }

    @Override
    public void runAhead(int sample) {
      try (MemoryWorkspace memory = passMemory("POSTERIORI_FORWARD")) {
        logits[sample] =
            forward(
                request.images(),
                request.count(),
                pass(request.noise().plusSamples(sample), Purpose.FORWARD_ONLY, request.shards()));
      }
    }

    @Override
    public void train(int sample) {
      try (MemoryWorkspace memory = passMemory("POSTERIORI_TRAINING")) {
        Nd4jPass pass =
            pass(request.noise().plusSamples(sample), Purpose.TRAINING, request.shards());
        logits[sample] = forward(request.images(), request.count(), pass);
        if (sample == 0) {
          Arrays.setAll(gradients, s -> new float[logits[s].length]);
          objective = request.objective().evaluate(0, request.count(), logits, gradients);
        }
        INDArray gradient = array(gradients[sample], network.output().batch(request.count()));
        network.backward().run(pass, Gradient.of(gradient));
      }
    }
  }

  private float[] forward(float[] images, int count, Nd4jPass pass) {
    Activations input = new Activations(array(images, network.input().batch(count)));
    Activations logits = (Activations) network.forward().run(pass, input);
    return logits.array().dup('c').data().asFloat();
  }

  private INDArray array(float[] values, long[] shape) {
    return Nd4j.create(values, shape, 'c').castTo(arrays.type());
  }

  private static MemoryWorkspace passMemory(String purpose) {
    return Nd4j.getWorkspaceManager().getAndActivateWorkspace(PASS_MEMORY, purpose);
  }

  @Override
  public OptimiserRunner optimiser(Optimiser optimiser) {
    return optimiser instanceof Optimiser.Ivon ivon
        ? new Nd4jIvon(this, network, ivon)
        : new Nd4jOptimiser(this, network.parameters(), UpdateRule.of(optimiser));
  }

  @Override
  public List<String> explain(int count) {
    return network.layers().stream()
        .map(layer -> layer.name() + ": ops of ND4J on the whole batch")
        .toList();
  }
}
