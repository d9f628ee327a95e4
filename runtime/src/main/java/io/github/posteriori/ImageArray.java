package io.github.posteriori;

import io.github.posteriori.layers.Shape;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A caller's images, as a network takes them. The shape and the type of the array tell what it
 * means; where they leave a doubt, it is refused.
 *
 * @param pixels {@code [count, input]}, row-major
 * @param count number of images, at least 1
 */
record ImageArray(float[] pixels, int count) {
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

  /**
   * Converts an array.
   *
   * @throws IllegalArgumentException when it is not for certain a batch of {@code input}, or holds
   *     a number that the network does not take
   */
  static ImageArray of(INDArray images, Shape input) {
    Objects.requireNonNull(images, () -> "images is null, expected " + Layout.expected(input));
    Layout layout = Layout.of(images, input);
    long count = layout.count(images);
    if (count < 1 || count > MOST_NUMBERS / input.size()) {
      throw new IllegalArgumentException(
          "images holds "
              + count
              + " images, expected 1 to "
              + MOST_NUMBERS / input.size()
              + ": hand them over in several batches, none empty");
    }
    float[] pixels = scaled(numbers(images, layout), images.dataType(), input);
    if (!Pixels.areFromZeroToOne(pixels, 0, pixels.length)) {
      Pixels allowed = new Pixels(input);
      for (int i = 0; i < count; i++) {
        String image = "image " + i;
        allowed.require(pixels, i * input.size(), () -> image);
      }
    }
    return new ImageArray(pixels, (int) count);
  }

  @SuppressWarnings("try") // a workspace scope works by being open
  private static float[] numbers(INDArray images, Layout layout) {
    if (!images.dataType().isNumerical() && images.dataType() != DataType.BOOL) {
      throw new IllegalArgumentException(
          "images is of type " + images.dataType() + ", expected numbers: convert it to FLOAT");
    }
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return layout.channelsFirst(images).dup('c').castTo(DataType.FLOAT).data().asFloat();
    }
  }

  /** Returns the numbers as pixels, as far as their type tells what is white. */
  private static float[] scaled(float[] numbers, DataType type, Shape input) {
    if (!type.isIntType() || input instanceof Shape.Features && type != DataType.UBYTE) {
      return numbers;
    }
    int largest = 0;
    for (int i = 0; i < numbers.length; i++) {
      boolean isLarger = Math.abs(numbers[i]) > Math.abs(numbers[largest]);
      largest = isLarger ? i : largest;
    }
    boolean areBytes = type == DataType.UBYTE && input instanceof Shape.Image;
    if (areBytes && numbers[largest] > 1) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] /= 255f;
      }
      return numbers;
    }
    boolean meansOneAnyway = numbers[largest] == 0 || numbers[largest] == 1 && !areBytes;
    if (meansOneAnyway) {
      return numbers;
    }
    throw new IllegalArgumentException(
        "images is of type "
            + type
            + ", and its largest number is "
            + (long) numbers[largest]
            + ", expected pixels from 0 to 1, or bytes from 0 to 255 of type UINT8: convert it to"
            + " FLOAT and divide by the largest that a pixel can have");
  }
}
