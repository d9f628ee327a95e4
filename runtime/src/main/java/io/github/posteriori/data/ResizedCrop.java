package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * A part of random area and aspect ratio at a random place, enlarged bilinearly to the whole image
 * (Szegedy et al. 2015, "Going deeper with convolutions").
 *
 * @param leastArea the least share of the area, above 0
 * @param mostArea the largest share, up to 1
 * @param leastRatio the least ratio of width to height, above 0
 * @param mostRatio the largest ratio
 */
record ResizedCrop(double leastArea, double mostArea, double leastRatio, double mostRatio)
    implements Transform {
  private static final int TRIES = 10;

  ResizedCrop {
    if (!(leastArea > 0 && leastArea <= mostArea && mostArea <= 1)) {
      throw new IllegalArgumentException(
          ("resized-crop takes %s to %s of the area, expected shares above 0 and up to 1, the"
                  + " smaller one first")
              .formatted(leastArea, mostArea));
    }
    if (!(leastRatio > 0 && leastRatio <= mostRatio && mostRatio < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          ("resized-crop has aspect ratios from %s to %s, expected numbers above 0, the smaller one"
                  + " first")
              .formatted(leastRatio, mostRatio));
    }
  }

  /** A part of an image. */
  record Part(int top, int left, int height, int width) {}

  @Override
  public void apply(
      Shape.Image shape, float[] source, float[] target, int offset, KeyedRandom random) {
    Part part = draw(shape.height(), shape.width(), random);
    float rows = (float) part.height / shape.height();
    float columns = (float) part.width / shape.width();
    int plane = shape.height() * shape.width();
    for (int y = 0; y < shape.height(); y++) {
      float fromTop = place(y, rows, part.height);
      int above = (int) fromTop;
      int below = Math.min(above + 1, part.height - 1);
      float down = fromTop - above;
      int upper = (part.top + above) * shape.width() + part.left;
      int lower = (part.top + below) * shape.width() + part.left;
      for (int x = 0; x < shape.width(); x++) {
        float fromLeft = place(x, columns, part.width);
        int before = (int) fromLeft;
        int after = Math.min(before + 1, part.width - 1);
        float across = fromLeft - before;
        int out = offset + y * shape.width() + x;
        for (int from = 0; from < shape.size(); from += plane) {
          float top = mix(source[from + upper + before], source[from + upper + after], across);
          float bottom = mix(source[from + lower + before], source[from + lower + after], across);
          target[out + from] = mix(top, bottom, down);
        }
      }
    }
  }

  /** Returns the place in the part of a pixel's centre, not beyond the centres at its border. */
  private static float place(int pixel, float scale, int size) {
    return Math.max(0, Math.min(size - 1, (pixel + 0.5f) * scale - 0.5f));
  }

  private static float mix(float one, float other, float share) {
    return one + (other - one) * share;
  }

  /** Draws a part; of a signal, an image of one row, some of its length. */
  Part draw(int height, int width, KeyedRandom random) {
    if (height == 1) {
      int length = (int) Math.max(1, Math.rint(width * random.uniform(leastArea, mostArea)));
      return new Part(0, random.below(width - length + 1), 1, length);
    }
    for (int i = 0; i < TRIES; i++) {
      double area = random.uniform(leastArea, mostArea) * height * width;
      double ratio =
          StrictMath.exp(random.uniform(StrictMath.log(leastRatio), StrictMath.log(mostRatio)));
      long across = Math.round(Math.sqrt(area * ratio));
      long down = Math.round(Math.sqrt(area / ratio));
      if (across > 0 && across <= width && down > 0 && down <= height) {
        int top = random.below(height - (int) down + 1);
        return new Part(top, random.below(width - (int) across + 1), (int) down, (int) across);
      }
    }
    return centre(height, width);
  }

  /** Returns the largest part around the centre with an aspect ratio that is allowed. */
  private Part centre(int height, int width) {
    double ratio = Math.max(leastRatio, Math.min(mostRatio, (double) width / height));
    int across = (int) Math.max(1, Math.min(width, Math.round(height * ratio)));
    int down = (int) Math.max(1, Math.min(height, Math.round(width / ratio)));
    return new Part((height - down) / 2, (width - across) / 2, down, across);
  }

  @Override
  public String toString() {
    return "resized-crop:"
        + Transform.text(leastArea)
        + "/"
        + Transform.text(mostArea)
        + "/"
        + Transform.text(leastRatio)
        + "/"
        + Transform.text(mostRatio);
  }
}
