package io.github.posteriori.engine.nd4j;

import io.github.posteriori.noise.Noise;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The keyed noise of one layer in one pass, as arrays. */
final class LayerNoise {
  private final Noise noise;
  private final int firstImage;
  private final int imageStep;

  LayerNoise(NoiseKey key, int layer) {
    this.noise = key.of(layer);
    this.firstImage = key.firstImage();
    this.imageStep = key.imageStep();
  }

  /**
   * Returns N(0, 1) draws of the shape and type of {@code batch}, whose first dimension counts
   * images.
   */
  INDArray normal(INDArray batch) {
    return array(forEach(batch, noise.normal(firstImage, drawn(batch), elements(batch))), 0, batch);
  }

  /** Returns draws uniform in [0, 1), of the shape and type of {@code batch}. */
  INDArray uniform(INDArray batch) {
    return array(
        forEach(batch, noise.uniform(firstImage, drawn(batch), elements(batch))), 0, batch);
  }

  /** Returns N(0, 1) draws that all images share. */
  float[] shared(int count) {
    return noise.normal(0, 1, count);
  }

  /**
   * Copies {@code values} from {@code from} on into an array of the shape and type of {@code like}.
   */
  static INDArray array(float[] values, int from, INDArray like) {
    int length = Math.toIntExact(like.length());
    float[] part =
        from == 0 && values.length == length
            ? values
            : Arrays.copyOfRange(values, from, from + length);
    return Nd4j.create(part, like.shape(), 'c').castTo(like.dataType());
  }

  /** The number of images that get noise of their own: all, or one whose noise all get. */
  private int drawn(INDArray batch) {
    return imageStep == 0 ? 1 : images(batch);
  }

  private static float[] forEach(INDArray batch, float[] drawn) {
    float[] all = new float[Math.toIntExact(batch.length())];
    for (int from = 0; from < all.length; from += drawn.length) {
      System.arraycopy(drawn, 0, all, from, drawn.length);
    }
    return all;
  }

  private static int images(INDArray batch) {
    return Math.toIntExact(batch.size(0));
  }

  private static int elements(INDArray batch) {
    return Math.toIntExact(batch.length() / batch.size(0));
  }
}
