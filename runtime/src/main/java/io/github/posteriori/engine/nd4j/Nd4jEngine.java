package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.noise.NoiseKey;
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
      return forward(network, images, count, new Nd4jPass(noise, false));
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

  @Override
  public Losses gradients(
      Network network,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      double beta,
      Objective objective) {
    try (MemoryWorkspace memory = passMemory("POSTERIORI_TRAINING")) {
      network.parameters().forEach(parameter -> parameter.gradient().assign(0));
      double kl = 0;
      for (Posterior posterior : network.sampledPosteriors()) {
        KlDivergence divergence = new KlDivergence(posterior);
        kl += divergence.value();
        divergence.addGradient(beta);
      }

      Nd4jPass[] passes = new Nd4jPass[samples];
      float[][] logits = new float[samples][];
      for (int s = 0; s < samples; s++) {
        passes[s] = new Nd4jPass(noise.withSample(noise.sample() + s), true);
        logits[s] = forward(network, images, count, passes[s]);
      }
      float[][] gradients = new float[samples][logits[0].length];
      double value = objective.evaluate(0, count, logits, gradients);
      for (int s = 0; s < samples; s++) {
        network
            .backward()
            .run(
                passes[s],
                Gradient.of(array(network, gradients[s], network.output().batch(count))));
      }
      return new Losses(value, kl);
    }
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
}
