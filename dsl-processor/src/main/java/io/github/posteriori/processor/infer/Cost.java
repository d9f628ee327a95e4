package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import java.util.Optional;

/**
 * What a layer costs.
 *
 * @param parameters learned numbers; a Gaussian weight has two
 * @param multiplyAdds of one example in a deterministic forward pass
 */
public record Cost(Count parameters, Count multiplyAdds) {
  private static final Cost NONE = new Cost(Count.of(0), Count.of(0));

  /**
   * The cost of a layer; that of a {@code @Custom} one is its own affair, and counts as nothing.
   */
  public static Cost of(Node node) {
    LayerSpec layer = node.layer();
    if (node.within().isPresent()) {
      return of(node.within().get().network());
    }
    Optional<WeightShape> weight = WeightShape.of(node);
    if (layer instanceof LayerSpec.Affine affine && weight.isPresent()) {
      return affine(affine, weight.get(), node.output());
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

  /** The cost of all layers of a network. */
  public static Cost of(Network network) {
    return network.nodes().stream().map(Cost::of).reduce(NONE, Cost::plus);
  }

  private Cost plus(Cost other) {
    return new Cost(parameters.plus(other.parameters), multiplyAdds.plus(other.multiplyAdds));
  }

  private static Cost affine(LayerSpec.Affine layer, WeightShape weight, Shape output) {
    Count bias = layer.bias() ? weight.filters() : Count.of(0);
    Count outputs =
        output instanceof Shape.Image image ? image.size() : ((Shape.Features) output).count();
    return new Cost(
        weight.size().plus(bias).times(layer.bayes().isPresent() ? 2 : 1),
        outputs.times(weight.fanIn()));
  }
}
