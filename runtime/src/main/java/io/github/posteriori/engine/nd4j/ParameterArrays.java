package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.Parameter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parameters of a network as arrays, copied again when a version shows that they changed. They
 * lie outside every workspace, including a caller's.
 */
@SuppressWarnings("try") // a workspace scope works by being open
final class ParameterArrays {
  private final DataType type;
  private final Map<Parameter, Tensor> tensors = new IdentityHashMap<>();

  ParameterArrays(List<Parameter> parameters, DataType type) {
    this.type = type;
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (Parameter parameter : parameters) {
        tensors.put(parameter, new Tensor(parameter));
      }
    }
  }

  /** The arrays of one parameter, and the version of the values in them. */
  private final class Tensor {
    private final INDArray value;
    private final INDArray gradient;
    private long version = -1;

    Tensor(Parameter parameter) {
      this.value = Nd4j.create(type, parameter.shape());
      this.gradient = Nd4j.create(type, parameter.shape());
    }
  }

  /** The precision of all arrays. */
  DataType type() {
    return type;
  }

  /** Returns the values, to be read. */
  INDArray value(Parameter parameter) {
    return tensors.get(parameter).value;
  }

  /** Returns the gradient of the loss with respect to the values, to be added to. */
  INDArray gradient(Parameter parameter) {
    return tensors.get(parameter).gradient;
  }

  /**
   * Copies the values of the parameters that have changed.
   *
   * @return the sum of all versions, which tells whether any has changed
   */
  synchronized long refresh() {
    long sum = 0;
    for (Map.Entry<Parameter, Tensor> each : tensors.entrySet()) {
      Parameter parameter = each.getKey();
      Tensor tensor = each.getValue();
      long version = parameter.version();
      if (tensor.version != version) {
        float[] values = new float[parameter.size()];
        parameter.read(values);
        assign(tensor.value, values);
        tensor.version = version;
      }
      sum += version;
    }
    return sum;
  }

  /** Writes an array of values back to its parameter, which leaves out those that are pruned. */
  void store(Parameter parameter) {
    Tensor tensor = tensors.get(parameter);
    float[] values = floats(tensor.value);
    parameter.write(values);
    if (parameter.mask().isPresent()) {
      parameter.read(values);
      assign(tensor.value, values);
    }
    tensor.version = parameter.version();
  }

  void clearGradients() {
    tensors.forEach(
        (parameter, tensor) -> {
          tensor.gradient.assign(0);
          parameter.clearGradient();
        });
  }

  /** Adds the gradients from custom layers, and writes all gradients to the parameters. */
  void storeGradients() {
    tensors.forEach(
        (parameter, tensor) -> {
          parameter.takeAddedGradient();
          float[] gradient = new float[parameter.size()];
          parameter.readGradient(0, gradient.length, gradient, 0);
          try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            tensor.gradient.addi(array(gradient, tensor.gradient.shape()));
          }
          parameter.writeGradient(0, gradient.length, floats(tensor.gradient), 0);
        });
  }

  /** Reads all gradients back from the parameters. */
  void refreshGradients() {
    tensors.forEach(
        (parameter, tensor) -> {
          float[] gradient = new float[parameter.size()];
          parameter.readGradient(0, gradient.length, gradient, 0);
          assign(tensor.gradient, gradient);
        });
  }

  private void assign(INDArray target, float[] values) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      target.assign(array(values, target.shape()));
    }
  }

  private INDArray array(float[] values, long[] shape) {
    return Nd4j.create(values, shape, 'c').castTo(type);
  }

  private static float[] floats(INDArray array) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return array.dup('c').data().asFloat();
    }
  }
}
