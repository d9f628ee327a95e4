package io.github.posteriori.uncertainty;

/** Collects probabilities and labels, image by image, for {@link Metrics}. */
public final class MetricsCollector {
  private static final int BINS = 15;

  private final double[] confidenceSum = new double[BINS];
  private final int[] rightInBin = new int[BINS];
  private double negativeLogSum;
  private double brierSum;
  private int right;
  private int images;

  /**
   * Takes in one image.
   *
   * @param probabilities of many images, {@code [images, classes]} row-major
   * @param row where this image's start
   * @param classes how many there are
   * @param label the right one
   */
  public void add(double[] probabilities, int row, int classes, int label) {
    int predicted = 0;
    for (int k = 0; k < classes; k++) {
      double p = probabilities[row + k];
      double target = k == label ? 1 : 0;
      brierSum += (p - target) * (p - target);
      if (p > probabilities[row + predicted]) {
        predicted = k;
      }
    }
    double confidence = probabilities[row + predicted];
    int bin = Math.min((int) (confidence * BINS), BINS - 1);
    confidenceSum[bin] += confidence;
    negativeLogSum -= Math.log(Math.max(probabilities[row + label], Double.MIN_NORMAL));
    if (predicted == label) {
      rightInBin[bin]++;
      right++;
    }
    images++;
  }

  /** The metrics of all images so far. */
  public Metrics metrics() {
    double gap = 0;
    for (int bin = 0; bin < BINS; bin++) {
      gap += Math.abs(confidenceSum[bin] - rightInBin[bin]);
    }
    return new Metrics(
        (double) right / images, negativeLogSum / images, brierSum / images, gap / images);
  }
}
