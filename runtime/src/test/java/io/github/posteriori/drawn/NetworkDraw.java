package io.github.posteriori.drawn;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.drawn.LayerKind.Inference;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Draws a network layer by layer, each to fit what came before: pieces of images, the way from
 * images to features, pieces of features, and a last linear layer.
 */
final class NetworkDraw {
  private static final int MOST_NESTED_FORKS = 2;

  private static final int LEAST_GROUP = 4;

  /** Multiply-adds that take about as long as the noise and the activation of an output. */
  private static final int WORK_OF_OUTPUT = 20;

  /** What large networks are drawn with, so that a seed keeps its measured times. */
  private static final List<Activation> FUNCTIONS_OF_LARGE_NETWORKS =
      List.of(Activation.SOFTPLUS, Activation.RELU, Activation.TANH, Activation.MODEL);

  private final long seed;
  private final Limits limits;
  private final Dice dice;
  private final WindowDraw windows;
  private final ModuleBuilder draft = new ModuleBuilder("draft", ModuleOptions.defaults());
  private final List<DrawnLayer> layers = new ArrayList<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, Long> work = new HashMap<>();

  NetworkDraw(long seed, Limits limits) {
    this(seed, limits, new Dice(seed));
  }

  NetworkDraw(long seed, Limits limits, Dice dice) {
    this.seed = seed;
    this.limits = limits;
    this.dice = dice;
    this.windows = new WindowDraw(dice, limits.oddities());
  }

  DrawnNetwork network() {
    Shape input = input();
    shapes.put(DrawnNetwork.INPUT, input);
    String x = pieces(DrawnNetwork.INPUT, 0);
    if (shapes.get(x) instanceof Shape.Image) {
      boolean averages = limits.areSmall() && dice.chance(0.2);
      x = add(averages ? new LayerKind.GlobalAvgPool() : new LayerKind.Flatten(), x);
      x = dice.chance(0.4) ? pieces(x, 1) : x;
    }
    String last = add(linear(dice.from(1, 12)), x);
    leaveOutUnused(last);
    boolean batched = !limits.batches().isEmpty();
    int samples = !batched && dice.chance(0.3) ? dice.from(2, 4) : 1;
    return new DrawnNetwork(
        seed,
        input,
        dice.of(Estimator.values()),
        dice.of(Activation.RELU, Activation.SOFTPLUS, Activation.TANH),
        dice.of(-5.0, -3.0, -1.5),
        layers,
        batched ? dice.of(limits.batches()) : images(samples),
        samples);
  }

  /** Leaves out what does not reach the last layer: branches for which no join was found. */
  private void leaveOutUnused(String last) {
    Set<String> used = new HashSet<>(Set.of(last));
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (used.contains(layers.get(i).name())) {
        used.addAll(layers.get(i).from());
      }
    }
    layers.removeIf(layer -> !used.contains(layer.name()));
  }

  private Shape input() {
    if (limits.areSmall() && dice.chance(0.12)) {
      return Shape.features(dice.from(1, limits.mostFeatures()));
    }
    int channels = dice.from(1, dice.chance(limits.wideInputs()) ? limits.usualChannels() : 4);
    if (!limits.usualSides().isEmpty() && dice.chance(0.5)) {
      int side = dice.of(limits.usualSides());
      return Shape.image(channels, side, side);
    }
    int height = dice.from(limits.leastSide(), limits.mostSide());
    int width = dice.from(limits.leastSide(), limits.mostSide());
    return Shape.image(channels, height, dice.chance(0.3) ? height : width);
  }

  /** Draws a batch whose step takes neither too long nor, for a benchmark, too short a time. */
  private int images(int samples) {
    long each = 1;
    for (DrawnLayer layer : layers) {
      each += samples * (work.get(layer.name()) + WORK_OF_OUTPUT * shapes.get(layer.name()).size());
    }
    int images = dice.chance(0.25) ? dice.of(1, 1, 2, 3) : dice.from(1, limits.mostImages());
    long least = Math.min(limits.leastWork() / each, limits.mostImages());
    return (int) Math.max(Math.max(1, least), Math.min(images, limits.mostWork() / each));
  }

  /** Draws pieces in a row, at least one. */
  private String pieces(String x, int nested) {
    int count = dice.from(1, Math.max(1, limits.pieces() - nested));
    for (int i = 0; i < count; i++) {
      x = piece(x, nested);
    }
    return x;
  }

  private String piece(String x, int nested) {
    if (nested < MOST_NESTED_FORKS && dice.chance(0.25 / (nested + 1))) {
      return activated(fork(x, nested));
    }
    if (dice.chance(0.75)) {
      return following(weights(x));
    }
    return following(x);
  }

  private String weights(String x) {
    if (shapes.get(x) instanceof Shape.Image image) {
      var window = windows.convolution(image);
      return window.isPresent()
          ? add(conv(image, affordable(image, window.get()), window.get()), x)
          : x;
    }
    return add(linear(dice.from(1, limits.mostFeatures())), x);
  }

  private int channels(Shape.Image input) {
    if (dice.chance(limits.oddities() / 3)) {
      return input.channels() * dice.from(1, 2);
    }
    return dice.from(1, dice.chance(0.25) ? limits.mostChannels() : limits.usualChannels());
  }

  /** Draws as many channels as one layer may take of the work. */
  private int affordable(Shape.Image input, Window window) {
    int taps = window.rows() * window.columns();
    long each = (long) WindowDraw.places(input, window) * input.channels() * taps;
    return (int) Math.max(1, Math.min(channels(input), limits.mostWork() / 4 / each));
  }

  /** Draws what people put behind weights, in any order that makes sense. */
  private String following(String x) {
    List<LayerKind> kinds = new ArrayList<>();
    if (dice.chance(0.3)) {
      kinds.add(norm(shapes.get(x)));
    }
    if (dice.chance(0.6)) {
      kinds.add(activation());
    }
    if (dice.chance(limits.oddities() / 5)) {
      Collections.reverse(kinds);
    }
    for (LayerKind kind : kinds) {
      x = add(kind, x);
    }
    if (shapes.get(x) instanceof Shape.Image image && dice.chance(limits.pools())) {
      PoolLayer.Kind taken = dice.chance(0.7) ? PoolLayer.Kind.MAX : PoolLayer.Kind.MEAN;
      var window = windows.pool(image);
      if (window.isPresent() && !(taken == PoolLayer.Kind.MAX && isDropout(x))) {
        x = add(new LayerKind.Pool(taken, window.get()), x);
      }
    }
    if (limits.areSmall() && dice.chance(0.1)) {
      x = enlarged(x);
    }
    if (dice.chance(0.1)) {
      x = add(new LayerKind.Dropout(dice.from(1, 7) / 10.0), x);
    }
    if (limits.areSmall() && dice.chance(0.03)) {
      x = add(new LayerKind.Custom(), x);
    }
    return x;
  }

  /** Draws a normalisation; groups of two or three nearly equal numbers make much of a rounding. */
  private LayerKind norm(Shape shape) {
    if (!limits.areSmall() || shape.size() < LEAST_GROUP || dice.chance(0.5)) {
      return new LayerKind.BatchNorm();
    }
    int channels = shape instanceof Shape.Image image ? image.channels() : shape.size();
    List<Integer> groups =
        IntStream.rangeClosed(1, channels)
            .filter(g -> channels % g == 0 && g * LEAST_GROUP <= shape.size())
            .boxed()
            .toList();
    return dice.chance(0.4) ? new LayerKind.LayerNorm() : new LayerKind.GroupNorm(dice.of(groups));
  }

  /** Enlarges an image of few pixels. */
  private String enlarged(String x) {
    return shapes.get(x) instanceof Shape.Image image && image.height() * image.width() <= 36
        ? add(new LayerKind.Upsample(dice.from(1, 3), dice.from(1, 2)), x)
        : x;
  }

  /** A max-pool behind a dropout is refused: the expectation is not kept. */
  private boolean isDropout(String x) {
    return layers.stream()
        .anyMatch(layer -> layer.name().equals(x) && layer.kind() instanceof LayerKind.Dropout);
  }

  private String activated(String x) {
    x = dice.chance(0.5) ? add(activation(), x) : x;
    if (shapes.get(x) instanceof Shape.Image image && dice.chance(0.2)) {
      var window = windows.pool(image);
      return window.isPresent() ? add(new LayerKind.Pool(PoolLayer.Kind.MAX, window.get()), x) : x;
    }
    return x;
  }

  /** Draws branches from one output, and their join. */
  private String fork(String x, int nested) {
    boolean adds = dice.chance(0.5);
    List<String> ends = new ArrayList<>();
    ends.add(branch(x, nested));
    int branches = dice.from(2, 3);
    for (int i = 1; i < branches; i++) {
      Shape target = shapes.get(ends.get(0));
      String end = dice.chance(0.6) ? branch(x, nested) : x;
      fitted(end, target, adds).or(() -> fitted(x, target, adds)).ifPresent(ends::add);
    }
    List<String> different = ends.stream().distinct().toList();
    return different.size() < 2 ? ends.get(0) : add(new LayerKind.Join(adds), different);
  }

  private String branch(String x, int nested) {
    return pieces(x, nested + 1);
  }

  /** Brings an output to a shape that joins {@code target}, with a layer of weights if need be. */
  private Optional<String> fitted(String x, Shape target, boolean adds) {
    Shape shape = shapes.get(x);
    if (shape instanceof Shape.Image image && target instanceof Shape.Image to) {
      boolean isFit =
          image.height() == to.height()
              && image.width() == to.width()
              && (!adds || image.channels() == to.channels());
      if (isFit) {
        return Optional.of(x);
      }
      int out = adds ? to.channels() : channels(image);
      return windows.between(image, to).map(window -> add(conv(image, out, window), x));
    }
    boolean isFit = !adds || shape.equals(target);
    return Optional.of(isFit ? x : add(linear(target.size()), x));
  }

  private LayerKind activation() {
    List<Activation> functions =
        limits.areSmall() ? List.of(Activation.values()) : FUNCTIONS_OF_LARGE_NETWORKS;
    return new LayerKind.Activate(dice.of(functions));
  }

  private LayerKind linear(int out) {
    return new LayerKind.Linear(inference(), out, dice.chance(0.8));
  }

  /** Draws a convolution in any number of groups that divides the channels. */
  private LayerKind conv(Shape.Image input, int out, Window window) {
    List<Integer> divisors =
        IntStream.rangeClosed(2, out)
            .filter(g -> out % g == 0 && input.channels() % g == 0)
            .boxed()
            .toList();
    boolean isGrouped = !divisors.isEmpty() && dice.chance(limits.oddities());
    Filters filters = Filters.of(out, window).groups(isGrouped ? dice.of(divisors) : 1);
    return new LayerKind.Conv(inference(), dice.chance(0.75) ? filters : filters.withoutBias());
  }

  private Inference inference() {
    boolean bayesian = dice.chance(0.7);
    boolean states = bayesian && dice.chance(0.5);
    return new Inference(
        bayesian, states ? Optional.of(dice.of(Estimator.values())) : Optional.empty());
  }

  private String add(LayerKind kind, String x) {
    return add(kind, List.of(x));
  }

  private String add(LayerKind kind, List<String> from) {
    DrawnLayer layer = new DrawnLayer("x" + (layers.size() + 1), kind, from);
    Shape[] inputs = from.stream().map(shapes::get).toArray(Shape[]::new);
    NetworkLayer made = layer.make(draft, inputs);
    layers.add(layer);
    shapes.put(layer.name(), made.output());
    work.put(layer.name(), made.multiplyAdds());
    return layer.name();
  }
}
