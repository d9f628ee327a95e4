package io.github.posteriori.onnx;

import io.github.posteriori.moments.GaussHermite;
import io.github.posteriori.onnx.schema.Onnx.TensorProto.DataType;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The moments of a smooth function f of Gaussian numbers of mean m and variance v, by quadrature of
 * g = f - f(m): E f = f(m) + E g, Var f = E g^2 - (E g)^2, of few nodes, and of many where v is
 * larger. The rounds of a loop are the nodes, so that memory does not grow with them; that of many
 * has no rounds where no number needs them.
 */
final class QuadratureNodes {
  private final GraphDraft graph;
  private final Terms terms;
  private final String name;
  private final UnaryOperator<Value> function;

  /** Creates the nodes of a layer that adds f of a tensor so. */
  QuadratureNodes(GraphDraft graph, String name, UnaryOperator<Value> function) {
    this.graph = graph;
    this.terms = new Terms(graph, name);
    this.name = name;
    this.function = function;
  }

  /** What a rule finds. */
  private record Sums(Value first, Value second) {}

  ValueMoments add(Value mean, Value variance) {
    Value centre = function.apply(mean);
    Value deviation = terms.of("Sqrt", variance);
    // Written so that what is no number is wide.
    Value wide =
        terms.of("Not", terms.of("LessOrEqual", variance, terms.number(GaussHermite.MOST_OF_FEW)));
    Value isAnyWide = cast(reduceMax(cast(wide, DataType.FLOAT)), DataType.INT64);
    Sums few = sums("few", GaussHermite.FEW, Optional.empty(), mean, deviation, centre);
    Sums many = sums("many", GaussHermite.MANY, Optional.of(isAnyWide), mean, deviation, centre);
    Value first = terms.of("Where", wide, many.first, few.first);
    Value second = terms.of("Where", wide, many.second, few.second);
    Value square = terms.of("Mul", first, first);
    return new ValueMoments(
        terms.of("Add", centre, first),
        Optional.of(terms.of("Relu", terms.of("Sub", second, square))));
  }

  private Sums sums(
      String rule,
      GaussHermite by,
      Optional<Value> isNeeded,
      Value mean,
      Value deviation,
      Value centre) {
    int nodes = by.nodes().length;
    Value all = terms.integers(nodes);
    Value rounds = isNeeded.map(needed -> terms.of("Mul", needed, all)).orElse(all);
    Value round = graph.round(name + "." + rule + ".node");
    Value z = terms.of("Gather", terms.numbers(floats(by.nodes()), nodes), round);
    Value weight = terms.of("Gather", terms.numbers(floats(by.weights()), nodes), round);
    Value y = function.apply(terms.of("Add", mean, terms.of("Mul", deviation, z)));
    Value g = terms.of("Sub", y, centre);
    Value share = terms.of("Mul", weight, g);
    Value zeros = terms.of("Mul", deviation, terms.number(0));
    List<Value> sums =
        graph.sums(
            name + "." + rule, round, rounds, zeros, List.of(share, terms.of("Mul", share, g)));
    return new Sums(sums.get(0), sums.get(1));
  }

  private Value reduceMax(Value x) {
    return terms.of("ReduceMax", List.of(x), Attributes.integer("keepdims", 0));
  }

  private Value cast(Value x, DataType type) {
    return terms.of("Cast", List.of(x), Attributes.integer("to", type.getNumber()));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
