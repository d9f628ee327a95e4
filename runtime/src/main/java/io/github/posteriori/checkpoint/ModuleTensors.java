package io.github.posteriori.checkpoint;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Weight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Copies the parameters of a network to and from tensors of the same names. */
public final class ModuleTensors {
  private ModuleTensors() {}

  /** Copies the current values of the parameters, in their order. */
  public static Map<String, Tensor> of(List<Parameter> parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      float[] values = new float[parameter.size()];
      parameter.read(values);
      tensors.put(parameter.name(), new Tensor(parameter.shape(), values, parameter.mask()));
    }
    return tensors;
  }

  /**
   * Copies {@code tensors} into the parameters of a network, and prunes its weights as they are
   * pruned; names and shapes must be the same.
   *
   * @param file the file of the tensors, for messages
   * @throws CheckpointException when a tensor is missing, superfluous or of another shape, or
   *     pruned unlike a weight
   */
  public static void fill(Network network, Map<String, Tensor> tensors, Path file) {
    List<Parameter> parameters = network.parameters();
    for (Parameter parameter : parameters) {
      Tensor tensor = tensors.get(parameter.name());
      if (tensor == null || !Arrays.equals(tensor.shape(), parameter.shape())) {
        throw new CheckpointException(
            "the checkpoint "
                + file
                + " has for "
                + parameter.name()
                + " "
                + (tensor == null ? "nothing" : tensor)
                + ", expected F32"
                + Arrays.toString(parameter.shape())
                + ": it holds another network, or is damaged");
      }
      parameter.write(tensor.values());
    }
    if (tensors.size() != parameters.size()) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " has "
              + tensors.size()
              + " tensors, expected "
              + parameters.size()
              + ": it holds another network");
    }
    prune(network, tensors, file);
  }

  /** A weight is pruned as a whole: its mean and its rho. */
  private static void prune(Network network, Map<String, Tensor> tensors, Path file) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> tensor.mask().ifPresent(mask -> masks.put(name, mask)));
    for (Weight weight : network.weights()) {
      Mask mask = masks.get(weight.location().name());
      boolean alike =
          weight.parameters().stream()
              .allMatch(parameter -> Objects.equals(masks.remove(parameter.name()), mask));
      if (!alike) {
        throw pruned(file, weight.location().name() + " is pruned unlike its rho", "masks alike");
      }
      if (mask != null) {
        weight.prune(mask);
      }
    }
    masks.forEach(
        (name, mask) -> {
          throw pruned(file, name + " is pruned", "weights and biases of layers alone to be");
        });
  }

  private static CheckpointException pruned(Path file, String found, String expected) {
    return new CheckpointException(
        "the checkpoint %s is damaged: %s, expected %s; copy or write it again"
            .formatted(file, found, expected));
  }
}
