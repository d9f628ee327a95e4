package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.TorchFile;
import io.github.posteriori.layers.MixturePrior;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The estimate of a KL divergence from a mixture, and its gradients, by PyTorch; {@code mixture.py}
 * made the numbers.
 */
public final class MixtureNumbers {
  public static final MixturePrior PRIOR = new MixturePrior(0.05, 0.3, 0.4, 0.02);

  private static final double TOLERANCE = 1e-5;

  private final Map<String, Tensor> tensors;

  private MixtureNumbers(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  public static MixtureNumbers read() {
    try {
      Path file = Path.of(MixtureNumbers.class.getResource("/torch/mixture.pt").toURI());
      return new MixtureNumbers(TorchFile.read(file).tensors());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public float[] of(String name) {
    return tensors.get(name).values();
  }

  public void assertValue(double found) {
    assertEquals(of("kl")[0], found, TOLERANCE * of("kl")[0]);
  }

  /**
   * Compares gradients.
   *
   * @param name {@code by_mu} or {@code by_rho}
   */
  public void assertGradient(String name, float[] found) {
    for (int i = 0; i < of(name).length; i++) {
      double expected = of(name)[i];
      assertEquals(expected, found[i], TOLERANCE * Math.max(1, Math.abs(expected)), name + " " + i);
    }
  }
}
