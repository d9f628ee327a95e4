package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;

/**
 * A square of zeros around a random pixel, cut off at the border (DeVries and Taylor 2017,
 * "Improved regularization of convolutional neural networks with cutout").
 *
 * @param pixels side of the square, at least 1
 */
record Cutout(int pixels) implements Transform {
  Cutout {
    if (pixels < 1) {
      throw new IllegalArgumentException("cutout is " + pixels + " pixels, expected at least 1");
    }
  }

  @Override
  public void apply(
      Shape.Image shape, float[] source, float[] target, int offset, KeyedRandom random) {
    System.arraycopy(source, 0, target, offset, shape.size());
    int top = random.below(shape.height()) - pixels / 2;
    int left = random.below(shape.width()) - pixels / 2;
    int from = Math.max(0, left);
    int to = (int) Math.min(shape.width(), (long) left + pixels);
    int end = (int) Math.min(shape.height(), (long) top + pixels);
    for (int plane = 0; plane < shape.size(); plane += shape.height() * shape.width()) {
      for (int y = Math.max(0, top); y < end; y++) {
        int row = offset + plane + y * shape.width();
        Arrays.fill(target, row + from, row + to, 0);
      }
    }
  }

  @Override
  public String toString() {
    return "cutout:" + pixels;
  }
}
