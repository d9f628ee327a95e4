package io.github.posteriori.laplace;

/**
 * The Gaussian posterior of the weights of a last layer around those that were trained, with the
 * precision N A (x) B + delta I of {@link KroneckerFactors} and a prior N(0, 1 / delta).
 *
 * <p>With A = U diag(a) U' and B = V diag(b) V', the outputs for features h have the covariance V
 * diag(v) V', where v_j is the sum over i of (U'h)_i^2 / (N a_i b_j + delta). Source: Daxberger et
 * al. 2021, "Laplace redux: effortless Bayesian deep learning".
 */
public final class KroneckerPosterior {
  private final KroneckerFactors factors;
  private final double priorPrecision;
  private final Spectrum features;
  private final Spectrum outputs;

  /**
   * Creates the posterior under a prior.
   *
   * @param priorPrecision delta, above 0
   * @throws IllegalArgumentException if it is not
   */
  public KroneckerPosterior(KroneckerFactors factors, double priorPrecision) {
    this(factors, priorPrecision, Spectrum.of(factors.features()), Spectrum.of(factors.outputs()));
  }

  private KroneckerPosterior(
      KroneckerFactors factors, double priorPrecision, Spectrum features, Spectrum outputs) {
    if (!(priorPrecision > 0 && priorPrecision < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the precision of the prior is " + priorPrecision + ", expected a number above 0");
    }
    this.factors = factors;
    this.priorPrecision = priorPrecision;
    this.features = features;
    this.outputs = outputs;
  }

  /**
   * Creates the posterior under the prior for which the data are most probable; see {@link
   * PriorPrecision}.
   *
   * @param squaredNorm the sum of the squares of the trained weights, biases among them
   */
  public static KroneckerPosterior ofMostEvidence(KroneckerFactors factors, double squaredNorm) {
    Spectrum features = Spectrum.of(factors.features());
    Spectrum outputs = Spectrum.of(factors.outputs());
    double[] eigenvalues = new double[features.size() * outputs.size()];
    for (int i = 0; i < eigenvalues.length; i++) {
      eigenvalues[i] =
          factors.examples()
              * features.values()[i / outputs.size()]
              * outputs.values()[i % outputs.size()];
    }
    double delta = PriorPrecision.ofMostEvidence(eigenvalues, squaredNorm);
    return new KroneckerPosterior(factors, delta, features, outputs);
  }

  /** The factors of the curvature. */
  public KroneckerFactors factors() {
    return factors;
  }

  /** The precision of the prior, delta. */
  public double priorPrecision() {
    return priorPrecision;
  }

  /**
   * Returns the standard deviations of an example's logits along the eigenvectors of B.
   *
   * @param h its features, with a 1 behind them if there is a bias
   */
  public double[] deviations(double[] h) {
    double[] along = features.project(h);
    double[] deviations = new double[outputs.size()];
    for (int j = 0; j < deviations.length; j++) {
      double variance = 0;
      for (int i = 0; i < along.length; i++) {
        double curvature = factors.examples() * features.values()[i] * outputs.values()[j];
        variance += along[i] * along[i] / (curvature + priorPrecision);
      }
      deviations[j] = Math.sqrt(variance);
    }
    return deviations;
  }

  /**
   * Adds to one logit what a draw adds to it.
   *
   * @param deviations of the example, from {@link #deviations}
   * @param normal standard normal numbers, one for each logit
   */
  public double offset(int logit, double[] deviations, float[] normal) {
    double sum = 0;
    for (int j = 0; j < deviations.length; j++) {
      sum += outputs.vectors()[logit][j] * deviations[j] * normal[j];
    }
    return sum;
  }
}
