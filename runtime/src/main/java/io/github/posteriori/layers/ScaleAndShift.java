package io.github.posteriori.layers;

/**
 * What a batch norm does to each channel by running statistics (Ioffe and Szegedy 2015, "Batch
 * normalization", Algorithm 2): y = a x + b.
 *
 * @param scales {@code [channels]}, a = gamma / sqrt(running variance + 1e-5)
 * @param shifts {@code [channels]}, b = beta - a running mean
 */
public record ScaleAndShift(double[] scales, double[] shifts) {

  /** Reads the present parameters and statistics. */
  public static ScaleAndShift of(BatchNormLayer layer) {
    double[] gamma = layer.scale().numbers();
    double[] beta = layer.shift().numbers();
    double[] mean = layer.runningMean().numbers();
    double[] variance = layer.runningVariance().numbers();
    double[] scales = new double[gamma.length];
    double[] shifts = new double[gamma.length];
    for (int c = 0; c < gamma.length; c++) {
      scales[c] = gamma[c] / Math.sqrt(variance[c] + BatchNormLayer.EPSILON);
      shifts[c] = beta[c] - scales[c] * mean[c];
    }
    return new ScaleAndShift(scales, shifts);
  }

  /** The channels, or the features of a flat layer. */
  public int channels() {
    return scales.length;
  }
}
