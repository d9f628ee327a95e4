package io.github.posteriori.layers;

import java.util.List;

/**
 * Layer normalisation of a whole example.
 *
 * @param scale gamma, of the shape of an example
 * @param shift beta, of the shape of an example
 */
public record LayerNormLayer(int index, String name, Shape input, Parameter scale, Parameter shift)
    implements ExampleNorm {

  public LayerNormLayer {
    ExampleNorm.requireSeveral(name, input, 1);
  }

  @Override
  public int groups() {
    return 1;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.layerNorm(this);
  }

  @Override
  public String kind() {
    return "LayerNorm";
  }
}
