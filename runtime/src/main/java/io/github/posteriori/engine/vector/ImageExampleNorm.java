package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.ExampleNorm;

/** Normalises one image by its own statistics, as {@link ExampleStatistics} does a block. */
final class ImageExampleNorm implements ImageOperation {
  private final ExampleNorm layer;
  private final float[] gamma;
  private final float[] beta;
  private final float[] y;

  ImageExampleNorm(ExampleNorm layer) {
    this.layer = layer;
    this.gamma = new float[layer.scale().size()];
    this.beta = new float[gamma.length];
    this.y = ImageRun.array(layer.input().size());
  }

  @Override
  public float[] forward(float[] x, boolean isKnown) {
    layer.scale().read(gamma);
    layer.shift().read(beta);
    int count = layer.groupSize();
    for (int from = 0; from < layer.input().size(); from += count) {
      double mean = 0;
      for (int i = from; i < from + count; i++) {
        mean += x[i];
      }
      mean /= count;
      double squares = 0;
      for (int i = from; i < from + count; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
      }
      double inverse = 1 / Math.sqrt(squares / count + ExampleNorm.EPSILON);
      for (int i = from; i < from + count; i++) {
        int scale = i / layer.run();
        y[i] = (float) (gamma[scale] * ((x[i] - mean) * inverse) + beta[scale]);
      }
    }
    return y;
  }
}
