package io.github.posteriori.layers;

/**
 * Dropout: in training, zeroes each element with a probability and scales the others by 1 / (1 -
 * probability).
 *
 * @param probability in [0, 1)
 */
public record DropoutLayer(int index, String name, Shape input, double probability)
    implements StandardLayer {

  public DropoutLayer {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          name + ": dropout probability is " + probability + ", expected at least 0 and below 1");
    }
  }

  @Override
  public Shape output() {
    return input;
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.dropout(this);
  }

  @Override
  public String kind() {
    return "Dropout " + probability;
  }
}
