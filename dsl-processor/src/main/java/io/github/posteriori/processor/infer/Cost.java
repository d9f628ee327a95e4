package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;

/**
 * What a layer costs.
 *
 * @param parameters learned numbers; a Gaussian weight has two
 * @param multiplyAdds of one example in a deterministic forward pass
 */
public record Cost(Count parameters, Count multiplyAdds) {
  /** Nothing. */
  public static final Cost NONE = new Cost(Count.of(0), Count.of(0));

  /** The cost of a layer. */
  public static Cost of(Node node) {
    LayerSpec layer = node.layer();
    if (layer instanceof LayerSpec.Conv conv
        && node.input() instanceof Shape.Image in
        && node.output() instanceof Shape.Image out) {
      Count taps =
          in.channels()
              .dividedBy(conv.groups().value())
              .times(conv.window().window().orElseThrow().taps());
      return affine(conv, out.channels(), taps, out.size());
    }
    if (layer instanceof LayerSpec.Linear linear
        && node.input() instanceof Shape.Features in
        && node.output() instanceof Shape.Features out) {
      return affine(linear, out.count(), in.count(), out.count());
    }
    if (layer instanceof LayerSpec.BatchNorm) {
      Count scales =
          node.input() instanceof Shape.Image image
              ? image.channels()
              : ((Shape.Features) node.input()).count();
      return new Cost(scales.times(2), Count.of(0));
    }
    return NONE;
  }

  /** Both together. */
  public Cost plus(Cost other) {
    return new Cost(parameters.plus(other.parameters), multiplyAdds.plus(other.multiplyAdds));
  }

  private static Cost affine(LayerSpec.Affine layer, Count filters, Count fanIn, Count outputs) {
    Count weights = filters.times(fanIn.plus(layer.bias() ? 1 : 0));
    return new Cost(weights.times(layer.bayes().isPresent() ? 2 : 1), outputs.times(fanIn));
  }
}
