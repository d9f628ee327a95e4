package io.github.posteriori.examples.report;

import io.github.posteriori.examples.uncertainty.ImageUncertainty;
import java.util.Arrays;
import java.util.List;

/**
 * Images sorted into equal bins by how confident the network is of its answer. Source: Guo et al.
 * 2017, "On calibration of modern neural networks", arXiv 1706.04599.
 *
 * @param bins from the least confident on
 */
record ReliabilityBins(List<Bin> bins) {
  /** As many as the expected calibration error takes. */
  static final int COUNT = 15;

  /**
   * One bin.
   *
   * @param low the least confidence in it, from 0 to 1
   * @param high where the next bin begins
   * @param images how many there are
   * @param confidence their mean confidence; 0 without images
   * @param accuracy the share of them that was right; 0 without images
   */
  record Bin(double low, double high, int images, double confidence, double accuracy) {}

  static ReliabilityBins of(List<ImageUncertainty> images) {
    int[] count = new int[COUNT];
    int[] right = new int[COUNT];
    double[] confidence = new double[COUNT];
    for (ImageUncertainty image : images) {
      int bin = Math.min((int) (image.probability() * COUNT), COUNT - 1);
      count[bin]++;
      right[bin] += image.right() ? 1 : 0;
      confidence[bin] += image.probability();
    }
    Bin[] bins = new Bin[COUNT];
    for (int i = 0; i < COUNT; i++) {
      int n = Math.max(1, count[i]);
      bins[i] =
          new Bin(
              (double) i / COUNT,
              (i + 1.0) / COUNT,
              count[i],
              confidence[i] / n,
              (double) right[i] / n);
    }
    return new ReliabilityBins(Arrays.asList(bins));
  }
}
