package io.github.posteriori;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The order of the dimensions of a caller's images, a letter each: batch, channels, height, width;
 * or batch, features. One image may come without a batch, grey ones without channels.
 */
record Layout(String dimensions) {
  private static final String NETWORKS_ORDER = "bchw";
  private static final List<Layout> ALL =
      List.of("bchw", "chw", "bhwc", "hwc", "bhw", "hw", "bf", "f").stream()
          .map(Layout::new)
          .toList();

  /**
   * Recognises the layout by the sizes.
   *
   * @throws IllegalArgumentException when no layout, or not for certain one, has these sizes
   */
  static Layout of(INDArray images, Shape input) {
    long[] found = images.shape();
    for (Layout layout : ALL) {
      if (layout.fits(found, input)) {
        return layout;
      }
    }
    throw refusal(found, input);
  }

  static String expected(Shape input) {
    return input.toString().replace("[", "[batch, ");
  }

  private boolean fits(long[] found, Shape input) {
    if (found.length != dimensions.length() || !isCertain(input)) {
      return false;
    }
    for (int i = 0; i < found.length; i++) {
      if (dimensions.charAt(i) != 'b' && found[i] != size(dimensions.charAt(i), input)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether no other layout that people use has the same sizes and another order. */
  private boolean isCertain(Shape input) {
    if (!(input instanceof Shape.Image image) || image.channels() == 1) {
      return true;
    }
    boolean isChannelsLast = dimensions.endsWith("c");
    boolean lacksChannels = dimensions.indexOf('c') < 0;
    boolean channelsStandOut =
        image.channels() != image.height() && image.channels() != image.width();
    return !lacksChannels && (!isChannelsLast || channelsStandOut);
  }

  private static int size(char dimension, Shape input) {
    if (input instanceof Shape.Image image) {
      return switch (dimension) {
        case 'c' -> image.channels();
        case 'h' -> image.height();
        case 'w' -> image.width();
        default -> -1;
      };
    }
    return dimension == 'f' ? input.size() : -1;
  }

  /** Returns the number of images. */
  long count(INDArray images) {
    return dimensions.startsWith("b") ? images.size(0) : 1;
  }

  /** Returns the images with their dimensions in the network's order. */
  INDArray channelsFirst(INDArray images) {
    if (!dimensions.endsWith("c")) {
      return images;
    }
    return images.permute(
        NETWORKS_ORDER.chars().map(dimensions::indexOf).filter(place -> place >= 0).toArray());
  }

  private static IllegalArgumentException refusal(long[] found, Shape input) {
    long numbers = Arrays.stream(found).skip(1).reduce(1, (a, b) -> a * b);
    return new IllegalArgumentException(
        "expected "
            + expected(input)
            + ", got "
            + Arrays.toString(found)
            + (numbers == input.size()
                ? ": bring the dimensions into this order, with permute or reshape"
                : ": hand over images of this shape, or create the module for yours"));
  }
}
