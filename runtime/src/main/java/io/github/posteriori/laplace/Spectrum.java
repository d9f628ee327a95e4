package io.github.posteriori.laplace;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The spectrum of a symmetric positive semidefinite matrix, S = U diag(values) U'.
 *
 * @param values in ascending order; what rounding makes negative is 0
 * @param vectors U, {@code [size][size]}, one eigenvector in each column
 */
record Spectrum(double[] values, double[][] vectors) {

  /**
   * Decomposes a matrix.
   *
   * @param matrix {@code [size, size]}, row-major
   */
  @SuppressWarnings("try") // a workspace scope works by being open
  static Spectrum of(float[] matrix) {
    int size = (int) Math.sqrt(matrix.length);
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray vectors = Nd4j.create(matrix, new long[] {size, size}, 'c').castTo(DataType.DOUBLE);
      double[] values = Eigen.symmetricGeneralizedEigenvalues(vectors).toDoubleVector();
      for (int i = 0; i < size; i++) {
        values[i] = Math.max(0, values[i]);
      }
      return new Spectrum(values, vectors.toDoubleMatrix());
    }
  }

  int size() {
    return values.length;
  }

  /** Returns U' x. */
  double[] project(double[] x) {
    double[] y = new double[size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        y[j] += vectors[i][j] * x[i];
      }
    }
    return y;
  }
}
