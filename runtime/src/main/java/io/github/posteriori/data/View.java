package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A view of an image: mirrored left to right, shifted by whole pixels with zeros outside, or both.
 *
 * @param mirrored whether left and right are exchanged
 * @param down rows by which it then moves down; negative up
 * @param right columns by which it then moves to the right; negative to the left
 */
public record View(boolean mirrored, int down, int right) {

  /**
   * Returns the views that an augmentation shows of an image: {@link #all} by half of its largest
   * shift or crop, rounded up, and mirrored if it mirrors. What else it does has no views. The
   * farthest shifts are the rarest in training; views by half were the better ones on images held
   * out.
   */
  public static List<View> of(Augmentation augmentation, Shape.Image shape) {
    boolean mirrors = false;
    int pixels = 0;
    for (Transform transform : augmentation.transforms()) {
      if (transform instanceof Motion motion) {
        mirrors |= motion.horizontalFlip();
        pixels = Math.max(pixels, motion.pixels());
      } else if (transform instanceof Crop crop) {
        pixels = Math.max(pixels, crop.pixels());
      }
    }
    return all(mirrors, (pixels + 1) / 2, shape);
  }

  /**
   * Returns the image itself, and shifted up, down, left and right; signals move along their row
   * alone.
   *
   * @param mirrors whether all of these are there mirrored as well
   * @param pixels of the shifts; 0 for none
   */
  public static List<View> all(boolean mirrors, int pixels, Shape.Image shape) {
    List<View> views = new ArrayList<>();
    for (boolean mirrored : mirrors ? new boolean[] {false, true} : new boolean[] {false}) {
      views.add(new View(mirrored, 0, 0));
      if (pixels > 0 && shape.height() > 1) {
        views.add(new View(mirrored, -pixels, 0));
        views.add(new View(mirrored, pixels, 0));
      }
      if (pixels > 0) {
        views.add(new View(mirrored, 0, -pixels));
        views.add(new View(mirrored, 0, pixels));
      }
    }
    return List.copyOf(views);
  }

  /**
   * Returns this view of each image.
   *
   * @param images {@code [count, channels, height, width]}, row-major
   */
  public float[] of(float[] images, int count, Shape.Image shape) {
    float[] views = new float[images.length];
    for (int i = 0; i < count; i++) {
      int at = i * shape.size();
      float[] image = Arrays.copyOfRange(images, at, at + shape.size());
      Motion.move(shape, image, views, at, mirrored, down, right);
    }
    return views;
  }
}
