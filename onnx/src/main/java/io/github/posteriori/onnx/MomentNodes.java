package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.ExampleNorm;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.LinearTaps;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.ScaleAndShift;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The table of layers and what they do to moments, as {@code BayesModule.predictMoments} has it. A
 * mean goes through a layer as a number does, unless the layer is not linear.
 *
 * @param graph where the nodes go
 * @param inputs what the layer takes: one output, or several if it joins them
 */
record MomentNodes(GraphDraft graph, List<ValueMoments> inputs)
    implements LayerCases<ValueMoments> {
  /** Stands for what lies in the padding of a max-pool, and is never the largest. */
  private static final double LEAST = -1e30;

  @Override
  public ValueMoments conv(ConvLayer layer) {
    return table().nodes(layer).moments(input(), layer.estimator());
  }

  @Override
  public ValueMoments convTranspose(ConvTransposeLayer layer) {
    LayerNodes table = table();
    ValueMoments x =
        new ValueMoments(
            table.withZeros(layer, input().mean()),
            input().variance().map(variance -> table.withZeros(layer, variance)));
    return table.nodes(layer).moments(x, layer.estimator());
  }

  @Override
  public ValueMoments linear(LinearLayer layer) {
    return table().nodes(layer).moments(input(), layer.estimator());
  }

  private ValueMoments input() {
    return inputs.get(0);
  }

  /** The table of layers as maps of numbers. */
  private LayerNodes table(Value... numbers) {
    return new LayerNodes(graph, affine -> Estimator.POINT, List.of(numbers));
  }

  /** Adds a layer of numbers that do not vary. */
  private Value point(NetworkLayer layer, Value number) {
    return layer.match(table(number));
  }

  /** Adds a layer that is linear: its map of means, and one of variances if there are any. */
  private ValueMoments linear(NetworkLayer layer, UnaryOperator<Value> variances) {
    return new ValueMoments(point(layer, input().mean()), input().variance().map(variances));
  }

  @Override
  public ValueMoments activation(ActivationLayer layer) {
    if (input().variance().isEmpty()) {
      return ValueMoments.exact(point(layer, input().mean()));
    }
    Value mean = input().mean();
    Value variance = input().variance().get();
    return switch (layer.function()) {
      case RELU -> new LargerOfTwoNodes(graph).positivePart(layer.name(), mean, variance);
      case LEAKY_RELU -> leakyRectified(layer.name(), mean, variance);
      case SOFTPLUS, TANH, GELU, SILU, SIGMOID ->
          new QuadratureNodes(graph, layer.name(), x -> point(layer, x)).add(mean, variance);
      case IDENTITY -> input();
      case MODEL -> throw ActivationLayer.unresolved();
    };
  }

  /**
   * Adds y = r - s r' with r = max(x, 0) and r' = max(-x, 0), of which one is always 0:
   *
   * <pre>
   *   E y   = E r - s E r'
   *   Var y = Var r + s^2 Var r' + 2 s E r E r'
   * </pre>
   */
  private ValueMoments leakyRectified(String name, Value mean, Value variance) {
    LargerOfTwoNodes pairs = new LargerOfTwoNodes(graph);
    Terms terms = new Terms(graph, name);
    ValueMoments above = pairs.positivePart(name + ".above", mean, variance);
    ValueMoments below = pairs.positivePart(name + ".below", terms.of("Neg", mean), variance);
    Value slope = terms.number(ActivationLayer.LEAK);
    Value scaled = terms.of("Mul", below.mean(), slope);
    Value ofBelow = terms.of("Mul", below.variance().orElseThrow(), terms.of("Mul", slope, slope));
    Value product = terms.of("Mul", terms.of("Mul", above.mean(), scaled), terms.number(2));
    Value sum = terms.of("Sum", above.variance().orElseThrow(), ofBelow, product);
    return new ValueMoments(terms.of("Sub", above.mean(), scaled), Optional.of(sum));
  }

  @Override
  public ValueMoments pool(PoolLayer layer) {
    return switch (layer.taken()) {
      case MAX -> largest(layer);
      case MEAN -> mean(layer, layer.window().rows() * layer.window().columns());
    };
  }

  /** Adds the larger of the first two taps, the larger of that and the third, and so on. */
  private ValueMoments largest(PoolLayer layer) {
    if (input().variance().isEmpty()) {
      return ValueMoments.exact(point(layer, input().mean()));
    }
    WindowTaps taps = new WindowTaps(layer, new Terms(graph, layer.name()));
    List<Value> means = taps.of(input().mean(), LEAST);
    List<Value> variances = taps.of(input().variance().get(), 0);
    LargerOfTwoNodes pairs = new LargerOfTwoNodes(graph);
    ValueMoments largest = new ValueMoments(means.get(0), Optional.of(variances.get(0)));
    for (int tap = 1; tap < means.size(); tap++) {
      ValueMoments next = new ValueMoments(means.get(tap), Optional.of(variances.get(tap)));
      largest = pairs.larger(layer.name() + ".tap" + tap, next, largest);
    }
    return largest;
  }

  /** Adds means of n numbers: the mean of their means, and the sum of their variances by n^2. */
  private ValueMoments mean(NetworkLayer layer, int n) {
    Terms terms = new Terms(graph, layer.name());
    return linear(layer, v -> terms.of("Div", point(layer, v), terms.number(n)));
  }

  @Override
  public ValueMoments globalAvgPool(GlobalAvgPoolLayer layer) {
    return mean(layer, layer.input().height() * layer.input().width());
  }

  @Override
  public ValueMoments upsample(UpsampleLayer layer) {
    return linear(
        layer,
        v -> layer.interpolation() == Interpolation.NEAREST ? point(layer, v) : weighted(layer, v));
  }

  /**
   * Adds the sums of four neighbours times the squares of their weights, which are products of one
   * for the row and one for the column: the matrix R V C' of each channel.
   */
  private Value weighted(UpsampleLayer layer, Value variance) {
    Terms terms = new Terms(graph, layer.name());
    LinearTaps rows = layer.rowTaps();
    LinearTaps columns = layer.columnTaps();
    int height = layer.input().height();
    int width = layer.input().width();
    Value byRow = terms.numbers(squares(rows, height), rows.outputs(), height);
    Value byColumn = terms.numbers(squares(columns, width), columns.outputs(), width);
    Value transposed = terms.of("Transpose", List.of(byColumn), Attributes.integers("perm", 1, 0));
    return terms.of("MatMul", terms.of("MatMul", byRow, variance), transposed);
  }

  /** The squared weights of inputs in outputs, {@code [outputs, inputs]}. */
  private static float[] squares(LinearTaps taps, int inputs) {
    float[] squares = new float[taps.outputs() * inputs];
    for (int i = 0; i < taps.outputs(); i++) {
      float share = taps.share()[i];
      squares[i * inputs + taps.first()[i]] = (1 - share) * (1 - share);
      if (share > 0) {
        squares[i * inputs + taps.second(i)] = share * share;
      }
    }
    return squares;
  }

  @Override
  public ValueMoments layerNorm(LayerNormLayer layer) {
    return normalised(layer);
  }

  @Override
  public ValueMoments groupNorm(GroupNormLayer layer) {
    return normalised(layer);
  }

  /**
   * Adds the normalisation of groups of n numbers by their expected statistics, with M the mean of
   * all m and V that of all v:
   *
   * <pre>
   *   S     = mean (m - M)^2 + V - V / n
   *   E y   = gamma (m - M) / sqrt(S + 1e-5) + beta
   *   Var y = gamma^2 (v (1 - 2 / n) + V / n) / (S + 1e-5)
   * </pre>
   */
  private ValueMoments normalised(ExampleNorm layer) {
    if (input().variance().isEmpty()) {
      return ValueMoments.exact(point(layer, input().mean()));
    }
    Terms terms = new Terms(graph, layer.name());
    double n = layer.groupSize();
    Value grouped = terms.integers(0, layer.groups(), -1);
    Value m = terms.of("Reshape", input().mean(), grouped);
    Value v = terms.of("Reshape", input().variance().get(), grouped);
    Value meanVariance = mean(terms, v);
    Value centred = terms.of("Sub", m, mean(terms, m));
    Value within = mean(terms, terms.of("Mul", centred, centred));
    Value others = terms.of("Mul", meanVariance, terms.number(1 - 1 / n));
    Value square = terms.of("Sum", within, others, terms.number(ExampleNorm.EPSILON));
    Value own = terms.of("Mul", v, terms.number(1 - 2 / n));
    Value varied = terms.of("Add", own, terms.of("Div", meanVariance, terms.number(n)));
    int runs = layer.scale().size();
    Value gamma = graph.tensor(layer.scale(), runs, 1);
    Value beta = graph.tensor(layer.shift(), runs, 1);
    Value byRun = terms.integers(0, runs, -1);
    Value z = terms.of("Reshape", terms.of("Div", centred, terms.of("Sqrt", square)), byRun);
    Value spread = terms.of("Reshape", terms.of("Div", varied, square), byRun);
    Value mean = terms.of("Add", terms.of("Mul", z, gamma), beta);
    Value variance = terms.of("Mul", spread, terms.of("Mul", gamma, gamma));
    Value shape = terms.integers(layer.input().batch(0));
    return new ValueMoments(
        terms.of("Reshape", mean, shape), Optional.of(terms.of("Reshape", variance, shape)));
  }

  /** Adds the mean of each group, {@code [N, groups, 1]}. */
  private static Value mean(Terms terms, Value groups) {
    return terms.of("ReduceMean", List.of(groups), Attributes.integers("axes", 2));
  }

  @Override
  public ValueMoments flatten(FlattenLayer layer) {
    return linear(layer, v -> point(layer, v));
  }

  /** Returns the input, of which nothing is dropped outside training. */
  @Override
  public ValueMoments dropout(DropoutLayer layer) {
    return input();
  }

  /** Adds a m + b and a^2 v, of a {@link ScaleAndShift}. */
  @Override
  public ValueMoments batchNorm(BatchNormLayer layer) {
    double[] scales = ScaleAndShift.of(layer).scales();
    float[] squares = new float[scales.length];
    for (int c = 0; c < squares.length; c++) {
      squares[c] = (float) (scales[c] * scales[c]);
    }
    long[] perChannel =
        layer.input() instanceof Shape.Image
            ? new long[] {squares.length, 1, 1}
            : new long[] {squares.length};
    Terms terms = new Terms(graph, layer.name());
    return linear(layer, v -> terms.of("Mul", v, terms.numbers(squares, perChannel)));
  }

  @Override
  public ValueMoments add(AddLayer layer) {
    List<Value> variances = inputs.stream().flatMap(input -> input.variance().stream()).toList();
    return new ValueMoments(
        layer.match(table(means())),
        variances.stream()
            .findFirst()
            .map(first -> layer.match(table(variances.toArray(Value[]::new)))));
  }

  @Override
  public ValueMoments concat(ConcatLayer layer) {
    Value mean = layer.match(table(means()));
    if (inputs.stream().allMatch(input -> input.variance().isEmpty())) {
      return ValueMoments.exact(mean);
    }
    Terms terms = new Terms(graph, layer.name());
    Value[] variances =
        inputs.stream()
            .map(input -> input.variance().orElseGet(() -> zeros(terms, input.mean())))
            .toArray(Value[]::new);
    return new ValueMoments(mean, Optional.of(layer.match(table(variances))));
  }

  private Value[] means() {
    return inputs.stream().map(ValueMoments::mean).toArray(Value[]::new);
  }

  private static Value zeros(Terms terms, Value like) {
    return terms.of("ConstantOfShape", terms.of("Shape", like));
  }

  @Override
  public ValueMoments custom(CustomLayer layer) {
    return ValueMoments.exact(point(layer, input().mean()));
  }
}
