package io.github.posteriori;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.StandardLayer;
import io.github.posteriori.layers.Variational;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.layers.Weights;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Makes the layers of a generated module, one after the other. Generated code is its only user.
 *
 * <p>What a field states beats what its class states, and {@link ModuleOptions} beat both.
 */
public final class ModuleBuilder {
  private final String definition;
  private final ModuleOptions options;
  private final Weights weights;
  private final Map<String, Integer> free = new LinkedHashMap<>();
  private final List<Layer> layers = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private Estimator estimator = Estimator.LRT;
  private Activation activation = Activation.RELU;
  private Priors priors = Priors.defaults();

  /**
   * Starts a module.
   *
   * @param definition binary name of the annotated class
   * @param options what the program decided
   */
  public ModuleBuilder(String definition, ModuleOptions options) {
    this(definition, options, DataType.FLOAT);
  }

  /** As the public constructor, in another precision: gradients are checked in double. */
  ModuleBuilder(String definition, ModuleOptions options, DataType type) {
    this.definition = definition;
    this.options = options;
    this.weights = new Weights(options.seed(), type);
  }

  /** The estimator that the class states. */
  public ModuleBuilder estimator(Estimator estimator) {
    this.estimator = estimator;
    return this;
  }

  /** The activation that the class states. */
  public ModuleBuilder activation(Activation activation) {
    this.activation = activation;
    return this;
  }

  /** The prior that the class states. */
  public ModuleBuilder priors(Priors priors) {
    this.priors = priors;
    return this;
  }

  /**
   * A dimension that the definition leaves free, and the number it has in this module, at least 1.
   */
  public ModuleBuilder free(String dimension, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          dimension
              + " is "
              + value
              + ", expected at least 1: it is a free dimension of "
              + definition);
    }
    free.put(dimension, value);
    return this;
  }

  /** A convolution with Gaussian weights; its field states nothing about inference. */
  public ConvLayer bayesConv(String name, Shape input, Filters filters) {
    return bayesConv(name, input, filters, Variational.unstated());
  }

  /** A convolution with Gaussian weights. */
  public ConvLayer bayesConv(String name, Shape input, Filters filters, Variational stated) {
    Shape.Image image = image(name, input);
    int fanIn = fanIn(name, image, filters);
    Priors prior = priors(stated);
    return add(
        new ConvLayer(
            layers.size(),
            name,
            image,
            filters,
            weights.posteriorWeight(layers.size(), name, prior, fanIn, weightShape(image, filters)),
            bias(
                filters.bias(),
                () -> weights.posteriorBias(layers.size(), name, prior, filters.out())),
            estimator(stated)));
  }

  /** A convolution with ordinary weights. */
  public ConvLayer conv(String name, Shape input, Filters filters) {
    Shape.Image image = image(name, input);
    int fanIn = fanIn(name, image, filters);
    return add(
        new ConvLayer(
            layers.size(),
            name,
            image,
            filters,
            weights.pointWeight(layers.size(), name, fanIn, weightShape(image, filters)),
            bias(filters.bias(), () -> weights.pointBias(name, filters.out())),
            Estimator.POINT));
  }

  /** A fully connected layer with Gaussian weights; its field states nothing about inference. */
  public LinearLayer bayesLinear(String name, Shape input, int out, boolean bias) {
    return bayesLinear(name, input, out, bias, Variational.unstated());
  }

  /** A fully connected layer with Gaussian weights. */
  public LinearLayer bayesLinear(
      String name, Shape input, int out, boolean bias, Variational stated) {
    Shape.Features features = features(name, input);
    Priors prior = priors(stated);
    return add(
        new LinearLayer(
            layers.size(),
            name,
            features,
            Shape.features(out),
            weights.posteriorWeight(
                layers.size(), name, prior, features.count(), out, features.count()),
            bias(bias, () -> weights.posteriorBias(layers.size(), name, prior, out)),
            estimator(stated)));
  }

  /** A fully connected layer with ordinary weights. */
  public LinearLayer linear(String name, Shape input, int out, boolean bias) {
    Shape.Features features = features(name, input);
    return add(
        new LinearLayer(
            layers.size(),
            name,
            features,
            Shape.features(out),
            weights.pointWeight(layers.size(), name, features.count(), out, features.count()),
            bias(bias, () -> weights.pointBias(name, out)),
            Estimator.POINT));
  }

  /** An activation function. */
  public ActivationLayer activation(String name, Shape input, Activation function) {
    Activation resolved =
        function == Activation.MODEL ? options.activation().orElse(activation) : function;
    return add(new ActivationLayer(layers.size(), name, input, resolved));
  }

  /** The largest value of each window. */
  public PoolLayer maxPool(String name, Shape input, Window window) {
    return add(new PoolLayer(layers.size(), name, image(name, input), window, PoolLayer.Kind.MAX));
  }

  /** The mean of each window. */
  public PoolLayer avgPool(String name, Shape input, Window window) {
    return add(new PoolLayer(layers.size(), name, image(name, input), window, PoolLayer.Kind.MEAN));
  }

  /** An image as features. */
  public FlattenLayer flatten(String name, Shape input) {
    return add(new FlattenLayer(layers.size(), name, input));
  }

  /** Dropout with a probability in [0, 1). */
  public DropoutLayer dropout(String name, Shape input, double probability) {
    return add(new DropoutLayer(layers.size(), name, input, probability));
  }

  /** Batch normalisation. */
  public BatchNormLayer batchNorm(String name, Shape input) {
    int channels = input instanceof Shape.Image image ? image.channels() : input.size();
    return add(
        new BatchNormLayer(
            layers.size(),
            name,
            input,
            weights.constant(name + ".weight", 1, channels),
            weights.constant(name + ".bias", 0, channels),
            weights.statistic(name + ".running_mean", 0, channels),
            weights.statistic(name + ".running_var", 1, channels)));
  }

  /**
   * Checks a number that a field states where the compiler could not, because it depends on a free
   * dimension.
   */
  public void check(String name, String element, int stated, int inferred) {
    if (stated != inferred) {
      throw new IllegalArgumentException(
          name
              + ": "
              + element
              + " is "
              + stated
              + " in "
              + definition
              + ", but the input has "
              + inferred
              + " with "
              + free
              + ": correct or remove it");
    }
  }

  /** The next stage: {@code layers} follow each other directly. */
  public Stage stage(Layer... layers) {
    Stage stage = new Stage(stages.size(), Arrays.asList(layers));
    stages.add(stage);
    return stage;
  }

  String definition() {
    return definition;
  }

  ModuleOptions options() {
    return options;
  }

  Map<String, Integer> free() {
    return Collections.unmodifiableMap(free);
  }

  List<Layer> layers() {
    return Collections.unmodifiableList(layers);
  }

  List<Stage> stages() {
    return Collections.unmodifiableList(stages);
  }

  private <L extends StandardLayer> L add(L layer) {
    layers.add(layer);
    return layer;
  }

  private Estimator estimator(Variational stated) {
    return options.estimator().or(stated::estimator).orElse(estimator);
  }

  private Priors priors(Variational stated) {
    return options.priors().or(stated::priors).orElse(priors);
  }

  private static Optional<Weight> bias(boolean wanted, Supplier<Weight> bias) {
    return wanted ? Optional.of(bias.get()) : Optional.empty();
  }

  private static long[] weightShape(Shape.Image input, Filters filters) {
    Window window = filters.window();
    return new long[] {
      filters.out(), input.channels() / filters.groups(), window.rows(), window.columns()
    };
  }

  private static int fanIn(String name, Shape.Image input, Filters filters) {
    if (input.channels() % filters.groups() != 0) {
      throw new IllegalArgumentException(
          name
              + ": groups is "
              + filters.groups()
              + ", expected a divisor of the "
              + input.channels()
              + " input channels");
    }
    return input.channels()
        / filters.groups()
        * filters.window().rows()
        * filters.window().columns();
  }

  private static Shape.Image image(String name, Shape input) {
    if (input instanceof Shape.Image image) {
      return image;
    }
    throw new IllegalArgumentException(
        name + ": the input is " + input + ", expected an image [channels, height, width]");
  }

  private static Shape.Features features(String name, Shape input) {
    if (input instanceof Shape.Features features) {
      return features;
    }
    throw new IllegalArgumentException(
        name
            + ": the input is the image "
            + input
            + ", expected features: put a @Flatten field before it");
  }
}
