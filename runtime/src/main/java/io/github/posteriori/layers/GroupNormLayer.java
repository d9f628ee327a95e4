package io.github.posteriori.layers;

import java.util.List;

/**
 * Group normalisation of the channels of an image, or of features.
 *
 * @param groups the number of groups, a divisor of the channels
 * @param scale gamma, {@code [channels]}
 * @param shift beta, {@code [channels]}
 */
public record GroupNormLayer(
    int index, String name, Shape input, int groups, Parameter scale, Parameter shift)
    implements ExampleNorm {

  public GroupNormLayer {
    if (groups < 1 || scale.size() % groups != 0) {
      throw new IllegalArgumentException(
          name
              + ": groups is "
              + groups
              + ", expected a divisor of the "
              + scale.size()
              + " channels: each group takes an equal share");
    }
    ExampleNorm.requireSeveral(name, input, groups);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.groupNorm(this);
  }

  @Override
  public String kind() {
    return "GroupNorm " + groups;
  }
}
