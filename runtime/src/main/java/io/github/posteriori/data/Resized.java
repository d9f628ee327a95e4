package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;

/**
 * Another set's images at a different height and width, by bilinear interpolation.
 *
 * <p>Pixel centres lie at half-integers and images are not smoothed beforehand, as in PyTorch's
 * {@code interpolate(mode="bilinear", align_corners=False)} and TensorFlow {@code
 * half_pixel_centers}.
 */
final class Resized implements Origin.WholeView {
  private final Dataset base;
  private final Shape.Image from;
  private final Shape.Image shape;
  private final Axis rows;
  private final Axis columns;

  Resized(Dataset base, int height, int width) {
    this.base = base;
    this.from = image(base);
    this.shape = Shape.image(from.channels(), height, width);
    this.rows = Axis.between(from.height(), height);
    this.columns = Axis.between(from.width(), width);
  }

  /** Returns a set at another size, or itself if that is its own. */
  static Dataset of(Dataset base, int height, int width) {
    Shape.Image shape = image(base);
    boolean isOwn = shape.height() == height && shape.width() == width;
    return isOwn ? base : new Resized(base, height, width);
  }

  static Shape.Image image(Dataset set) {
    if (set.shape() instanceof Shape.Image image) {
      return image;
    }
    throw new IllegalArgumentException(
        "the examples of "
            + set.name()
            + " are features "
            + set.shape()
            + ", expected images: features have no height and width to change");
  }

  @Override
  public Dataset shaped(Shape.Image target) {
    return base.shaped(target);
  }

  @Override
  public Dataset base() {
    return base;
  }

  @Override
  public Shape.Image shape() {
    return shape;
  }

  @Override
  public void image(int index, float[] target, int offset) {
    float[] source = new float[from.size()];
    base.image(index, source, 0);
    int out = offset;
    for (int channel = 0; channel < shape.channels(); channel++) {
      int plane = channel * from.height() * from.width();
      for (int y = 0; y < shape.height(); y++) {
        int above = plane + rows.low[y] * from.width();
        int below = plane + rows.high[y] * from.width();
        float down = rows.weight[y];
        for (int x = 0; x < shape.width(); x++) {
          int left = columns.low[x];
          int right = columns.high[x];
          float across = columns.weight[x];
          float top = source[above + left] * (1 - across) + source[above + right] * across;
          float bottom = source[below + left] * (1 - across) + source[below + right] * across;
          target[out++] = top * (1 - down) + bottom * down;
        }
      }
    }
  }

  /** The two source neighbours of each target position, and the weight of the higher one. */
  private record Axis(int[] low, int[] high, float[] weight) {

    static Axis between(int source, int target) {
      Axis axis = new Axis(new int[target], new int[target], new float[target]);
      for (int i = 0; i < target; i++) {
        double position = Math.max(0, (i + 0.5) * source / target - 0.5);
        axis.low[i] = Math.min((int) position, source - 1);
        axis.high[i] = Math.min(axis.low[i] + 1, source - 1);
        axis.weight[i] = (float) (position - axis.low[i]);
      }
      return axis;
    }
  }
}
