package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.Optional;

/**
 * The input size that a field states.
 *
 * @param element the element of the annotation
 * @param stated the stated number, or {@code Dim.INFER}
 * @param arrives the inferred number, if the layer can take its input
 * @param unit the unit of the number
 */
public record StatedInput(
    String element, Stated<Integer> stated, Optional<Count> arrives, String unit) {

  /** Returns the input size that a layer states, if its annotation has an element for it. */
  public static Optional<StatedInput> of(Node node) {
    boolean fits = node.input().suits(node.layer().takes());
    if (node.layer() instanceof LayerSpec.Flatten flatten) {
      Optional<Count> numbers = Optional.of(node.input().size()).filter(size -> fits);
      return Optional.of(new StatedInput("features", flatten.features(), numbers, "numbers"));
    }
    if (node.layer() instanceof LayerSpec.Affine affine) {
      Optional<Count> channels = Optional.of(node.input().channels()).filter(count -> fits);
      String unit = affine.takes() == LayerSpec.Takes.IMAGE ? "channels" : "features";
      return Optional.of(new StatedInput("in", affine.in(), channels, unit));
    }
    return Optional.empty();
  }
}
