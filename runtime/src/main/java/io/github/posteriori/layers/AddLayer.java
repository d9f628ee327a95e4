package io.github.posteriori.layers;

/**
 * The sum of several outputs, element by element.
 *
 * @param input the shape that each of them has
 * @param inputs how many there are, at least 2
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
