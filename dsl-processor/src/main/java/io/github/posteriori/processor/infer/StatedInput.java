package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.Optional;

/**
 * How much a field says it takes.
 *
 * @param element of the annotation that says so
 * @param stated the number, or the mark that leaves it to inference
 * @param arrives the number that is inferred, where the layer can take what arrives
 * @param unit what is counted
 */
public record StatedInput(
    String element, Stated<Integer> stated, Optional<Count> arrives, String unit) {

  /** What a layer says, where its annotation has an element for it. */
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
