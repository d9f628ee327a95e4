package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.nd4j.NonFiniteLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The cause of logits or a loss that are not finite: the first non-finite value on the way from the
 * pixels to them.
 *
 * @param found the non-finite value and its place
 * @param remedy what to do about it
 */
public record Divergence(String found, String remedy) {
  private static final String SMALLER_STEPS =
      "lower the learning rate, or check the images for values far outside 0..1";

  /** Examines a step's pixels, the weights before it, and the output of each layer. */
  static Divergence of(Network network, Batch batch, NoiseKey noise) {
    OptionalInt pixel = firstNonFinite(batch.images());
    if (pixel.isPresent()) {
      int size = network.input().size();
      return new Divergence(
          "pixel "
              + pixel.getAsInt() % size
              + " of image "
              + pixel.getAsInt() / size
              + " of the batch is "
              + batch.images()[pixel.getAsInt()],
          "look where the images were read or scaled");
    }
    return ofWeights(network)
        .or(() -> ofLayers(network, batch.images(), batch.count(), noise, Purpose.FORWARD_ONLY))
        .orElse(
            new Divergence(
                "every layer's output is finite, but not the loss that they add up to",
                SMALLER_STEPS));
  }

  /**
   * Examines the output of each layer.
   *
   * @param images {@code [count, input]}, row-major
   * @param noise the key of the pass
   * @param purpose the purpose of the pass, without a way back
   */
  public static Optional<Divergence> ofLayers(
      Network network, float[] images, int count, NoiseKey noise, Purpose purpose) {
    return NonFiniteLayer.find(network, images, count, noise, purpose)
        .map(layer -> ofOutput(network, layer));
  }

  /** Examines the weights alone. */
  public static Optional<Divergence> ofWeights(Network network) {
    for (NetworkLayer layer : network.layers()) {
      for (Parameter parameter : layer.parameters()) {
        float[] values = new float[parameter.size()];
        parameter.read(values);
        OptionalInt at = firstNonFinite(values);
        if (at.isPresent()) {
          return Optional.of(
              new Divergence(
                  "layer "
                      + layer.name()
                      + ": "
                      + parameter.name()
                      + " holds "
                      + values[at.getAsInt()],
                  "lower the learning rate"));
        }
      }
    }
    return Optional.empty();
  }

  private static Divergence ofOutput(Network network, NetworkLayer layer) {
    double largest = 0;
    String name = "";
    for (Parameter parameter : network.parameters()) {
      double norm = Arrays.stream(parameter.numbers()).map(Math::abs).max().orElse(0);
      if (norm > largest) {
        largest = norm;
        name = parameter.name();
      }
    }
    return new Divergence(
        "layer "
            + layer.name()
            + " is the first whose output is not finite; the largest weight, of "
            + name
            + ", is "
            + (float) largest,
        SMALLER_STEPS);
  }

  private static OptionalInt firstNonFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
