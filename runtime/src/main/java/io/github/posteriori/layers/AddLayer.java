package io.github.posteriori.layers;

/**
 * The sum of several outputs, element by element.
 *
 * @param input the shape of each input
 * @param inputs number of inputs, at least 2
 */
public record AddLayer(int index, String name, Shape input, int inputs) implements JoinLayer {

  @Override
  public Shape output() {
    return input;
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.add(this);
  }

  @Override
  public String kind() {
    return "Add " + inputs;
  }
}
