package io.github.posteriori.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.posteriori.onnx.schema.Onnx.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Constant tensors in the form in which a model stores them: little-endian, row-major. */
final class Tensors {
  private Tensors() {}

  static TensorProto floats(String name, float[] values, long... shape) {
    ByteBuffer bytes = bytes(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return tensor(name, TensorProto.DataType.FLOAT, bytes, shape);
  }

  static TensorProto integers(String name, long[] values, long... shape) {
    ByteBuffer bytes = bytes(Long.BYTES * values.length);
    bytes.asLongBuffer().put(values);
    return tensor(name, TensorProto.DataType.INT64, bytes, shape);
  }

  /** Returns the scalar true. */
  static TensorProto truth(String name) {
    return tensor(name, TensorProto.DataType.BOOL, bytes(1).put(0, (byte) 1));
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto tensor(
      String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    ByteString raw = UnsafeByteOperations.unsafeWrap(bytes); // nobody writes to it any more
    return tensor.setDataType(type.getNumber()).setRawData(raw).build();
  }
}
