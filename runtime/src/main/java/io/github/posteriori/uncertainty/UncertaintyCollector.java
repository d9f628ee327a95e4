package io.github.posteriori.uncertainty;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** Collects predictions, batch by batch, for {@link SetUncertainty}. */
public final class UncertaintyCollector {
  private final double[] epistemicSum;
  private final double[] aleatoricSum;
  private double entropySum;
  private double informationSum;
  private int images;

  /**
   * Creates a collector for images of some classes.
   *
   * @param classes number of classes, at least 1
   */
  public UncertaintyCollector(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("classes is " + classes + ", expected at least 1");
    }
    this.epistemicSum = new double[classes];
    this.aleatoricSum = new double[classes];
  }

  /**
   * Adds a batch; all batches must have one normalisation.
   *
   * @throws IllegalArgumentException when its images have another number of classes
   */
  @SuppressWarnings("try") // a workspace scope works by being open
  public void add(Predictive batch) {
    long classes = batch.epistemic().size(1);
    if (classes != epistemicSum.length) {
      throw new IllegalArgumentException(
          "the batch has %s classes, expected %s: collect for as many as the network has"
              .formatted(classes, epistemicSum.length));
    }
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      addTo(epistemicSum, batch.epistemic().sum(0).toDoubleVector());
      addTo(aleatoricSum, batch.aleatoric().sum(0).toDoubleVector());
      entropySum += batch.entropy().sumNumber().doubleValue();
      informationSum += batch.mutualInformation().sumNumber().doubleValue();
      images += (int) batch.entropy().length();
    }
  }

  /**
   * Returns the means over the images so far.
   *
   * @throws IllegalStateException when there are none
   */
  public SetUncertainty uncertainty() {
    if (images == 0) {
      throw new IllegalStateException("there are no images yet, expected at least one: add some");
    }
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
