package io.github.posteriori.onnx;

import com.google.protobuf.ByteString;
import io.github.posteriori.onnx.schema.Onnx.AttributeProto;
import io.github.posteriori.onnx.schema.Onnx.AttributeProto.AttributeType;
import io.github.posteriori.onnx.schema.Onnx.GraphProto;

/** The attributes of operators, by their types. */
final class Attributes {
  private Attributes() {}

  static AttributeProto integer(String name, long value) {
    return typed(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute = typed(name, AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto number(String name, double value) {
    return typed(name, AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto text(String name, String value) {
    return typed(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto graph(String name, GraphProto value) {
    return typed(name, AttributeType.GRAPH).setG(value).build();
  }

  private static AttributeProto.Builder typed(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
