package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;

/**
 * The cost of a layer.
 *
 * @param parameters learned numbers; a Gaussian weight has two
 * @param multiplyAdds multiply-adds of one example in a deterministic forward pass
 */
public record Cost(Count parameters, Count multiplyAdds) {
  static final Cost NONE = new Cost(Count.of(0), Count.of(0));

  /** Returns the cost of weights and their bias: each output takes all weights of its filter. */
  static Cost of(LayerSpec.Affine layer, WeightShape weight, Shape output) {
    return of(layer, weight, output.size().times(weight.fanIn()));
  }

  /** Returns the cost of weights and their bias with so many multiply-adds. */
  static Cost of(LayerSpec.Affine layer, WeightShape weight, Count multiplyAdds) {
    Count bias = layer.bias() ? weight.filters() : Count.of(0);
    return new Cost(
        weight.size().plus(bias).times(layer.bayes().isPresent() ? 2 : 1), multiplyAdds);
  }

  /** Returns the cost of so many scales and as many shifts. */
  static Cost ofScales(Count scales) {
    return new Cost(scales.times(2), Count.of(0));
  }

  Cost plus(Cost other) {
    return new Cost(parameters.plus(other.parameters), multiplyAdds.plus(other.multiplyAdds));
  }
}
