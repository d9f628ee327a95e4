package io.github.posteriori.checkpoint;

import io.github.posteriori.layers.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copies the parameters of a network to and from tensors of the same names. */
public final class ModuleTensors {
  private ModuleTensors() {}

  /** Copies the current values of the parameters, in their order. */
  public static Map<String, Tensor> of(List<Parameter> parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      float[] values = new float[parameter.size()];
      parameter.read(values);
      tensors.put(parameter.name(), new Tensor(parameter.shape(), values));
    }
    return tensors;
  }

  /**
   * Copies {@code tensors} into the parameters; names and shapes must be the same.
   *
   * @param file the file of the tensors, for messages
   * @throws CheckpointException when a tensor is missing, superfluous or of another shape
   */
  public static void fill(List<Parameter> parameters, Map<String, Tensor> tensors, Path file) {
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
  }
}
