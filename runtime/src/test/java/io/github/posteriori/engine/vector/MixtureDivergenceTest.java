package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.MixtureNumbers;
import io.github.posteriori.engine.vector.kernel.PosteriorLoops;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MixtureDivergenceTest {
  /** Where the weights lie in the noise of their tensor. */
  private static final int FROM = 3;

  private final MixtureNumbers numbers = MixtureNumbers.read();
  private final int count = numbers.of("mu").length;
  private final MixtureDivergence divergence = new MixtureDivergence(MixtureNumbers.PRIOR);

  private Scratch scratch() {
    Scratch scratch = new Scratch();
    System.arraycopy(numbers.of("mu"), 0, scratch.mu(), 0, count);
    System.arraycopy(numbers.of("rho"), 0, scratch.rho(), 0, count);
    PosteriorLoops.sigma(scratch.rho(), scratch.sigma(), true, scratch.slope(), count);
    return scratch;
  }

  private float[] eps() {
    float[] eps = new float[FROM + count];
    System.arraycopy(numbers.of("eps"), 0, eps, FROM, count);
    return eps;
  }

  @Test
  void isThatOfPyTorch() {
    Scratch scratch = scratch();
    divergence.terms(eps(), FROM, count, scratch);
    numbers.assertValue(PosteriorLoops.sum(scratch.divergence(), 0, count) + divergence.constant());
    scratch = scratch();
    divergence.addGradients(1, eps(), FROM, count, scratch);
    numbers.assertGradient("by_mu", scratch.byLocation());
    float[] byRho = Arrays.copyOf(scratch.bySigma(), count);
    for (int i = 0; i < count; i++) {
      byRho[i] *= scratch.slope()[i];
    }
    numbers.assertGradient("by_rho", byRho);
  }
}
