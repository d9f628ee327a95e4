package io.github.posteriori.engine.toy;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;

/** Layers by another engine; the KL divergence and the optimisers number by number. */
final class ToyRunner implements NetworkRunner {
  private final Network network;
  private final NetworkRunner layers;

  ToyRunner(Network network, NetworkRunner layers) {
    this.network = network;
    this.layers = layers;
  }

  @Override
  public float[] forward(float[] images, int count, NoiseKey noise) {
    return layers.forward(images, count, noise);
  }

  @Override
  public double kl() {
    return network.sampledPosteriors().stream().mapToDouble(ToyRunner::kl).sum();
  }

  private static double kl(Posterior posterior) {
    double[] means = posterior.mu().numbers();
    double[] sigmas = posterior.sigmas();
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      if (sigmas[i] > 0) { // else it is pruned
        sum += posterior.prior().divergence(means[i], sigmas[i]);
      }
    }
    return sum;
  }

  @Override
  public Losses gradients(StepRequest request) {
    double kl = kl();
    return new Losses(layers.gradients(request).objective(), kl);
  }

  @Override
  public OptimiserRunner optimiser(Optimiser optimiser) {
    return optimiser instanceof Optimiser.Ivon
        ? layers.optimiser(optimiser)
        : new ToyOptimiser(this, optimiser, network.parameters());
  }

  @Override
  public List<String> explain(int count) {
    return network.layers().stream().map(layer -> layer.name() + ": as nd4j runs it").toList();
  }
}
