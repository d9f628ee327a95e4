package io.github.posteriori.engine.vector.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.layers.Posterior;
import org.junit.jupiter.api.Test;

class PosteriorLoopsTest {
  private static final int COUNT = 64 * Lanes.LENGTH;

  /** From the smallest deviation that a weight may have to beyond where the series ends. */
  private static float[] sigmas() {
    float[] sigmas = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sigmas[i] = (float) Math.exp(-25 + 28.0 * i / COUNT);
    }
    return sigmas;
  }

  @Test
  void rhoIsTheInverseOfSoftplusToFloatPrecision() {
    float[] sigmas = sigmas();
    float[] rho = new float[COUNT];
    PosteriorLoops.rho(sigmas, rho, COUNT);
    for (int i = 0; i < COUNT; i++) {
      double exact = Posterior.rho(sigmas[i]);
      assertEquals(exact, rho[i], 2.5e-7 * Math.max(1, Math.abs(exact)), "rho of " + sigmas[i]);
    }
  }

  @Test
  void sigmaOfRhoIsTheSigmaThatRhoWasTakenOf() {
    float[] sigmas = sigmas();
    float[] rho = new float[COUNT];
    float[] back = new float[COUNT];
    PosteriorLoops.rho(sigmas, rho, COUNT);
    PosteriorLoops.sigma(rho, back, false, new float[COUNT], COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertEquals(sigmas[i], back[i], 3e-6 * sigmas[i]);
    }
  }
}
