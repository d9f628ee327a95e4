package io.github.posteriori.onnx;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.onnx.schema.Onnx.TensorProto.DataType;
import io.github.posteriori.onnx.schema.Onnx.TensorShapeProto;
import io.github.posteriori.onnx.schema.Onnx.TensorShapeProto.Dimension;
import io.github.posteriori.onnx.schema.Onnx.TypeProto;
import io.github.posteriori.onnx.schema.Onnx.ValueInfoProto;

/** The types of what enters and leaves a graph. */
final class ValueInfos {
  /** The name of the dimension that counts the examples of a batch. */
  private static final String BATCH = "N";

  private ValueInfos() {}

  /** Describes a batch of any number of examples, each of {@code shape}. */
  static ValueInfoProto.Builder batch(String name, Shape shape) {
    TensorShapeProto.Builder dimensions =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam(BATCH));
    long[] one = shape.batch(1);
    for (int i = 1; i < one.length; i++) {
      dimensions.addDim(Dimension.newBuilder().setDimValue(one[i]));
    }
    return tensor(name, DataType.FLOAT, dimensions);
  }

  /** Describes a single number or truth value. */
  static ValueInfoProto.Builder scalar(String name, DataType type) {
    return tensor(name, type, TensorShapeProto.newBuilder());
  }

  /** Describes numbers of any shape. */
  static ValueInfoProto.Builder floats(String name) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber());
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor));
  }

  private static ValueInfoProto.Builder tensor(
      String name, DataType type, TensorShapeProto.Builder shape) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor));
  }
}
