package io.github.posteriori.onnx;

import io.github.posteriori.onnx.schema.Onnx.AttributeProto;
import java.util.List;

/** Arithmetic that belongs to one layer: nodes and numbers named by it, and counted. */
final class Terms {
  private final GraphDraft graph;
  private final String stem;
  private int count;

  Terms(GraphDraft graph, String stem) {
    this.graph = graph;
    this.stem = stem;
  }

  /** Adds the result of an operator. */
  Value of(String operator, Value... inputs) {
    return of(operator, List.of(inputs));
  }

  /** Adds the result of an operator of any number of inputs, with attributes. */
  Value of(String operator, List<Value> inputs, AttributeProto... attributes) {
    return graph.node(next(), operator, inputs, attributes);
  }

  /** Adds a number. */
  Value number(double value) {
    return graph.tensor(next(), new float[] {(float) value});
  }

  /** Adds numbers of one shape. */
  Value numbers(float[] values, long... shape) {
    return graph.tensor(next(), values, shape);
  }

  /** Adds integers, {@code [values]}. */
  Value integers(long... values) {
    return graph.integers(next(), values);
  }

  private String next() {
    return stem + "." + ++count;
  }
}
