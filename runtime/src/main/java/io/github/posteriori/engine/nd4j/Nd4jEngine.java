package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * The portable engine: plain ND4J ops on whole batches. It is read as the definition of what each
 * layer computes.
 *
 * <p>What a pass allocates lives in a workspace, memory that is laid out once and used again by the
 * next pass.
 */
@SuppressWarnings("try") // a workspace is used by being open
public final class Nd4jEngine implements Engine {
  private static final WorkspaceConfiguration PASS_MEMORY =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyAllocation(AllocationPolicy.STRICT)
          .policySpill(SpillPolicy.REALLOCATE)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .build();

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public void useThreads(int threads) {
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
  }

  @Override
  public float[] forward(Network network, float[] images, int count, NoiseKey noise) {
    try (MemoryWorkspace memory = passMemory("POSTERIORI_FORWARD")) {
      return forward(network, images, count, new Nd4jPass(noise, Purpose.EVALUATION));
    }
  }

  @Override
  public double kl(Network network) {
    try (MemoryWorkspace memory = passMemory("POSTERIORI_KL")) {
      double sum = 0;
      for (Posterior posterior : network.sampledPosteriors()) {
        sum += new KlDivergence(posterior).value();
      }
      return sum;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The objective takes the logits of all samples together, but activations are kept of one
   * sample at a time: all but the first run ahead for their logits alone, and once more when their
   * turn comes to go back. Noise is keyed, so the second run repeats the first.
   */
  @Override
  public Losses gradients(
      Network network,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      double beta,
      Objective objective) {
    double kl = startFromKl(network, beta);
    float[][] logits = new float[samples][];
    for (int s = 1; s < samples; s++) {
      try (MemoryWorkspace memory = passMemory("POSTERIORI_FORWARD")) {
        Nd4jPass preview = new Nd4jPass(noise.plusSamples(s), Purpose.PREVIEW);
        logits[s] = forward(network, images, count, preview);
      }
    }
    float[][] gradients = new float[samples][];
    double value = 0;
    for (int s = 0; s < samples; s++) {
      try (MemoryWorkspace memory = passMemory("POSTERIORI_TRAINING")) {
        Nd4jPass pass = new Nd4jPass(noise.plusSamples(s), Purpose.TRAINING);
        logits[s] = forward(network, images, count, pass);
        if (s == 0) {
          Arrays.setAll(gradients, t -> new float[logits[t].length]);
          value = objective.evaluate(0, count, logits, gradients);
        }
        long[] shape = network.output().batch(count);
        network.backward().run(pass, Gradient.of(array(network, gradients[s], shape)));
      }
    }
    return new Losses(value, kl);
  }

  /** Sets the gradients to those of beta KL, which no sample changes, and returns KL. */
  private static double startFromKl(Network network, double beta) {
    try (MemoryWorkspace memory = passMemory("POSTERIORI_KL")) {
      network.parameters().forEach(parameter -> parameter.gradient().assign(0));
      double kl = 0;
      for (Posterior posterior : network.sampledPosteriors()) {
        KlDivergence divergence = new KlDivergence(posterior);
        kl += divergence.value();
        divergence.addGradient(beta);
      }
      return kl;
    }
  }

  @Override
  public Optional<NetworkLayer> firstNonFinite(
      Network network, float[] images, int count, NoiseKey noise) {
    List<NetworkLayer> found = new ArrayList<>();
    try (MemoryWorkspace memory = passMemory("POSTERIORI_FORWARD")) {
      Nd4jPass pass =
          new Nd4jPass(
              noise,
              Purpose.PREVIEW,
              (layer, output) -> {
                if (found.isEmpty() && !isFinite(output)) {
                  found.add(layer);
                }
              });
      forward(network, images, count, pass);
    }
    return found.stream().findFirst();
  }

  private static boolean isFinite(INDArray output) {
    for (float number : output.dup('c').data().asFloat()) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  private static float[] forward(Network network, float[] images, int count, Nd4jPass pass) {
    Activations input =
        new Activations(array(network, images, network.input().batch(count)), false);
    Activations logits = (Activations) network.forward().run(pass, input);
    return logits.array().dup('c').data().asFloat();
  }

  private static INDArray array(Network network, float[] values, long[] shape) {
    return Nd4j.create(values, shape, 'c').castTo(type(network));
  }

  private static DataType type(Network network) {
    return network.parameters().stream()
        .findFirst()
        .map(p -> p.value().dataType())
        .orElse(DataType.FLOAT);
  }

  private static MemoryWorkspace passMemory(String purpose) {
    return Nd4j.getWorkspaceManager().getAndActivateWorkspace(PASS_MEMORY, purpose);
  }

  @Override
  public Optimiser adam(List<Parameter> parameters) {
    return new Adam(parameters);
  }
}
