package io.github.posteriori.layers;

import java.util.List;

/**
 * Deterministic weights.
 *
 * @param weight the tensor of the weights
 */
public record PointWeight(Parameter weight) implements Weight {
  @Override
  public Parameter location() {
    return weight;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight);
  }

  @Override
  public void prune(Mask mask) {
    weight.prune(mask, 0);
  }
}
