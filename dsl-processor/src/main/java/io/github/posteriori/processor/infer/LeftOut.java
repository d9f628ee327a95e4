package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Slide;
import io.github.posteriori.processor.spec.Window;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pixels that the windows of a layer never span.
 *
 * @param rows number of rows
 * @param columns number of columns
 */
public record LeftOut(long rows, long columns) {

  /** Returns the pixels that a layer leaves out; empty if none are or the sizes are unknown. */
  public static Optional<LeftOut> by(Node node) {
    if (!(node.layer() instanceof LayerSpec.Windowed layer)
        || layer instanceof LayerSpec.ConvTranspose
        || !(node.input() instanceof Shape.Image image)
        || node.output() instanceof Shape.Unknown) {
      return Optional.empty();
    }
    Window window = layer.window().window().orElseThrow();
    return Optional.of(
            new LeftOut(of(window.down(), image.height()), of(window.across(), image.width())))
        .filter(leftOut -> leftOut.rows > 0 || leftOut.columns > 0);
  }

  private static long of(Slide slide, Count size) {
    return size.known()
        .filter(known -> known.bitLength() < Integer.SIZE && slide.padding() < slide.span())
        .map(BigInteger::intValue)
        .map(slide::leftOut)
        .orElse(0L);
  }

  @Override
  public String toString() {
    return Stream.of(counted(rows, "row"), counted(columns, "column"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" and "));
  }

  private static String counted(long count, String unit) {
    return count == 0 ? "" : count + " " + unit + (count == 1 ? "" : "s");
  }
}
