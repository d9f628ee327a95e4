package io.github.posteriori.uncertainty;

/** Collects predictions, batch by batch, for {@link SetUncertainty}. */
public final class UncertaintyCollector {
  private final double[] epistemicSum;
  private final double[] aleatoricSum;
  private double entropySum;
  private double informationSum;
  private int images;

  /** Creates a collector for images of {@code classes} classes. */
  public UncertaintyCollector(int classes) {
    this.epistemicSum = new double[classes];
    this.aleatoricSum = new double[classes];
  }

  /** Adds a batch; all batches must have one normalisation. */
  public void add(Predictive batch) {
    addTo(epistemicSum, batch.epistemic().sum(0).toDoubleVector());
    addTo(aleatoricSum, batch.aleatoric().sum(0).toDoubleVector());
    entropySum += batch.entropy().sumNumber().doubleValue();
    informationSum += batch.mutualInformation().sumNumber().doubleValue();
    images += (int) batch.entropy().length();
  }

  /** Returns the means over the images so far. */
  public SetUncertainty uncertainty() {
    return new SetUncertainty(
        images,
        mean(epistemicSum),
        mean(aleatoricSum),
        entropySum / images,
        informationSum / images);
  }

  private static void addTo(double[] sums, double[] values) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] += values[k];
    }
  }

  private double[] mean(double[] sums) {
    double[] means = new double[sums.length];
    for (int k = 0; k < sums.length; k++) {
      means[k] = sums[k] / images;
    }
    return means;
  }
}
