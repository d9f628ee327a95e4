package io.github.posteriori.checkpoint;

import io.github.posteriori.BayesModule;
import io.github.posteriori.layers.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The numbers of a module, by the names of {@link Parameter}. */
public final class ModuleTensors {
  private ModuleTensors() {}

  /** A copy of what the module holds now, in its order. */
  public static Map<String, Tensor> of(BayesModule module) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : module.parameters()) {
      INDArray value = parameter.value();
      tensors.put(parameter.name(), new Tensor(value.shape(), value.dup('c').data().asFloat()));
    }
    return tensors;
  }

  /**
   * Copies {@code tensors} into a module; they must be exactly what it has, by name and shape.
   *
   * @param file where they come from, for messages
   * @throws CheckpointException when a tensor is missing, superfluous or of another shape
   */
  public static void fill(BayesModule module, Map<String, Tensor> tensors, Path file) {
    for (Parameter parameter : module.parameters()) {
      Tensor tensor = tensors.get(parameter.name());
      if (tensor == null || !Arrays.equals(tensor.shape(), parameter.value().shape())) {
        throw new CheckpointException(
            "the checkpoint "
                + file
                + " has for "
                + parameter.name()
                + " "
                + (tensor == null ? "nothing" : tensor)
                + ", expected F32"
                + Arrays.toString(parameter.value().shape())
                + ": it holds another network, or is damaged");
      }
      parameter.value().assign(Nd4j.create(tensor.values(), tensor.shape(), 'c'));
    }
    if (tensors.size() != module.parameters().size()) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " has "
              + tensors.size()
              + " tensors, expected "
              + module.parameters().size()
              + ": it holds another network");
    }
  }
}
