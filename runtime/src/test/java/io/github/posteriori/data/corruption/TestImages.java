package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.function.DoubleBinaryOperator;

/** Images whose pixels are known. */
final class TestImages {
  private TestImages() {}

  /** Returns an image by row and column, the same in every channel. */
  static float[] image(Shape.Image shape, DoubleBinaryOperator pixel) {
    float[] image = new float[shape.size()];
    for (int i = 0; i < image.length; i++) {
      int at = i % (shape.height() * shape.width());
      image[i] = (float) pixel.applyAsDouble(at / shape.width(), at % shape.width());
    }
    return image;
  }

  /** Returns an image whose pixels all differ from their neighbours. */
  static float[] uneven(Shape.Image shape) {
    return image(shape, (y, x) -> (7 * y * y + 13 * x + 5 * y * x) % 32 / 31);
  }

  static float[] constant(Shape.Image shape, double value) {
    return image(shape, (y, x) -> value);
  }

  static float[] distorted(Distortion how, Shape.Image shape, float[] image, long key) {
    float[] distorted = image.clone();
    how.apply(shape, distorted, KeyedRandom.of("test", key));
    return distorted;
  }

  static double mean(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  static double variance(float[] numbers) {
    double mean = mean(numbers);
    double sum = 0;
    for (float number : numbers) {
      sum += (number - mean) * (number - mean);
    }
    return sum / numbers.length;
  }
}
