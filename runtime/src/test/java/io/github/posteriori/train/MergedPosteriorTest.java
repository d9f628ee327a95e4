package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The posteriors of parts give that of the whole. */
class MergedPosteriorTest {
  private static final GaussianPrior PRIOR = new GaussianPrior(0.3, 0.5);
  private static final double NOISE = 0.7;

  /** A posterior of y = w x + noise. */
  private record Exact(double mean, double sigma) {

    static Exact of(float[] x, float[] y, int from, int to) {
      double least = 1 / (PRIOR.sigma() * PRIOR.sigma());
      double precision = least;
      double shift = PRIOR.mu() * least;
      for (int i = from; i < to; i++) {
        precision += x[i] * x[i] / NOISE;
        shift += x[i] * y[i] / NOISE;
      }
      return new Exact(shift / precision, 1 / Math.sqrt(precision));
    }
  }

  private static Exact merged(List<Exact> parts) {
    List<float[]> mus = new ArrayList<>();
    List<float[]> rhos = new ArrayList<>();
    for (Exact part : parts) {
      mus.add(new float[] {(float) part.mean});
      rhos.add(new float[] {(float) Posterior.rho(part.sigma)});
    }
    float[] mean = new float[1];
    float[] rho = new float[1];
    MergedPosterior.merge(mus, rhos, PRIOR, mean, rho);
    return new Exact(mean[0], Posterior.sigma(rho[0]));
  }

  @Test
  void ofALinearModelItIsExact() {
    float[] x = NoiseKey.training(1, 0).of(1).uniform(0, 1, 12);
    float[] y = NoiseKey.training(2, 0).of(1).uniform(0, 1, 12);
    Exact whole = Exact.of(x, y, 0, 12);
    Exact merged =
        merged(List.of(Exact.of(x, y, 0, 2), Exact.of(x, y, 2, 7), Exact.of(x, y, 7, 12)));
    assertEquals(whole.mean, merged.mean, 1e-6);
    assertEquals(whole.sigma, merged.sigma, 1e-6);
  }

  @Test
  void aPartThatIsNoSurerThanThePriorIsLeftOut() {
    Exact sure = new Exact(-1, 0.1);
    for (double sigma : new double[] {0.5001, 0.6, 40}) {
      Exact merged = merged(List.of(sure, new Exact(7, sigma)));
      assertEquals(sure.mean, merged.mean, 1e-5);
      assertEquals(sure.sigma, merged.sigma, 1e-6);
    }
    Exact none = merged(List.of(new Exact(7, 0.6), new Exact(8, 9)));
    assertEquals(PRIOR.mu(), none.mean, 1e-6);
    assertEquals(PRIOR.sigma(), none.sigma, 1e-6);
  }
}
