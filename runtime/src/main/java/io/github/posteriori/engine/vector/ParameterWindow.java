package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.Parameter;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A parameter's numbers, which lie outside the Java heap, to be copied in parts. */
final class ParameterWindow {
  private final Parameter parameter;
  private final FloatBuffer values;
  private final FloatBuffer gradients;
  private final int size;

  ParameterWindow(Parameter parameter) {
    this.parameter = parameter;
    this.values = floats(parameter, parameter.value());
    this.gradients = floats(parameter, parameter.gradient());
    this.size = Math.toIntExact(parameter.value().length());
  }

  private static FloatBuffer floats(Parameter parameter, INDArray array) {
    if (array.dataType() != DataType.FLOAT || array.ordering() != 'c' || array.offset() != 0) {
      throw new IllegalArgumentException(
          parameter.name()
              + " is a tensor of "
              + array.dataType()
              + " in order '"
              + array.ordering()
              + "', expected FLOAT in order 'c', which is what the vector engine computes with:"
              + " choose the engine nd4j");
    }
    return ((FloatPointer) array.data().pointer()).asBuffer();
  }

  Parameter parameter() {
    return parameter;
  }

  int size() {
    return size;
  }

  /** Copies {@code count} values from {@code first} on to {@code target}, from {@code at} on. */
  void read(int first, int count, float[] target, int at) {
    values.get(first, target, at, count);
  }

  /** As {@link #read}, of the gradient. */
  void readGradient(int first, int count, float[] target, int at) {
    gradients.get(first, target, at, count);
  }

  /** Replaces {@code count} values from {@code first} on. */
  void write(int first, int count, float[] source, int at) {
    values.put(first, source, at, count);
  }

  /** As {@link #write}, of the gradient. */
  void writeGradient(int first, int count, float[] source, int at) {
    gradients.put(first, source, at, count);
  }
}
