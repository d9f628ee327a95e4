package io.github.posteriori.laplace;

/**
 * The curvature of the negative log-likelihood by the weights of a last layer, factored: N A (x) B,
 * with A the mean of h h' over N examples and B that of F. Here h are the features that the layer
 * takes, with a 1 behind them if it has a bias, and F the Fisher information of its outputs, of
 * probabilities p by softmax diag(p) - p p'.
 *
 * <p>The generalised Gauss-Newton matrix is the sum of h h' (x) F, and the Hessian itself of
 * classes, labels, counts, and numbers of even noise. The mean of the products is taken for the
 * product of the means, which is exact where h and p do not vary together. Source: Ritter et al.
 * 2018, "A scalable Laplace approximation for neural networks".
 *
 * @param examples N
 * @param features A, {@code [width, width]}, row-major, where h has {@code width} numbers
 * @param outputs B, square, row-major
 */
public record KroneckerFactors(int examples, float[] features, float[] outputs) {

  /**
   * Creates factors.
   *
   * @throws IllegalArgumentException when there is no example, or a factor is not square
   */
  public KroneckerFactors {
    if (examples < 1) {
      throw new IllegalArgumentException(
          "the curvature is that of " + examples + " examples, expected at least 1");
    }
    requireSquare(features, "features");
    requireSquare(outputs, "outputs");
  }

  private static void requireSquare(float[] matrix, String what) {
    int size = (int) Math.sqrt(matrix.length);
    if (size * size != matrix.length) {
      throw new IllegalArgumentException(
          "the curvature by " + what + " has " + matrix.length + " numbers, expected a square");
    }
  }

  /** Adds up factors, example by example. */
  public static final class Sum {
    private final double[] features;
    private final double[] outputs;
    private int examples;

    /** Begins with no example, of whose h {@code width} numbers are expected. */
    public Sum(int width, int outputs) {
      this.features = new double[width * width];
      this.outputs = new double[outputs * outputs];
    }

    /**
     * Adds one example.
     *
     * @param h its features, with a 1 behind them if there is a bias
     * @param information F of its outputs, square, row-major
     */
    public void add(double[] h, double[] information) {
      examples++;
      for (int i = 0; i < h.length; i++) {
        for (int j = 0; h[i] != 0 && j < h.length; j++) {
          features[i * h.length + j] += h[i] * h[j];
        }
      }
      for (int i = 0; i < information.length; i++) {
        outputs[i] += information[i];
      }
    }

    /** Returns the means over all examples. */
    public KroneckerFactors factors() {
      return new KroneckerFactors(examples, mean(features), mean(outputs));
    }

    private float[] mean(double[] sum) {
      float[] mean = new float[sum.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (sum[i] / examples);
      }
      return mean;
    }
  }
}
