package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Locates the layer at which numbers overflow. It is slow, meant for explaining a failure. */
public final class NonFiniteLayer {
  private NonFiniteLayer() {}

  /**
   * Finds the first layer, in the order of data flow, whose output is not finite. Nothing is
   * changed.
   *
   * @param images {@code [count, input]}, row-major, pixels from 0 to 1
   * @param count number of images, at least 1
   * @param noise the key of the sample's noise
   * @param purpose the purpose of the pass, without a way back
   * @return the layer, or empty if all outputs are finite
   */
  public static Optional<NetworkLayer> find(
      Network network, float[] images, int count, NoiseKey noise, Purpose purpose) {
    List<NetworkLayer> found = new ArrayList<>();
    Nd4jRunner runner = new Nd4jRunner(network, DataType.FLOAT);
    Nd4jPass pass =
        runner.pass(
            noise,
            purpose,
            (layer, output) -> {
              if (found.isEmpty() && !isFinite(output)) {
                found.add(layer);
              }
            });
    runner.watch(images, count, pass);
    return found.stream().findFirst();
  }

  private static boolean isFinite(INDArray output) {
    for (float number : output.dup('c').data().asFloat()) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
