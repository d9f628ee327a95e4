package io.github.posteriori;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The result of a forward pass.
 *
 * @param logits {@code [batch, classes]}; {@code [batch, channels, height, width]} if the network
 *     ends in an image
 * @param kl KL(q || p) in nats, summed over all Bayesian weights that the pass samples
 */
public record Output(INDArray logits, double kl) {

  /** Creates the result outside the caller's workspaces, so that it outlives them. */
  @SuppressWarnings("try") // a workspace scope works by being open
  static Output of(float[] logits, long[] shape, double kl) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return new Output(Nd4j.create(logits, shape, 'c'), kl);
    }
  }
}
