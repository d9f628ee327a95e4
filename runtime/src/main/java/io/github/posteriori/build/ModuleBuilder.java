package io.github.posteriori.build;

import io.github.posteriori.BayesModule;
import io.github.posteriori.BayesModule.BlockPlace;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the layers of a generated module, or of a block in one, one after the other. Generated code
 * is its only user.
 *
 * <p>What a field states beats what its class states, a block's class beats the class around it,
 * and {@link ModuleOptions} beat all of them. Every method that makes a layer throws {@link
 * IllegalArgumentException} where it does not fit its input.
 */
public final class ModuleBuilder implements BayesModule.Parts {
  private final String definition;
  private final InitialWeights weights;
  private final Parts parts;
  private final Optional<BlockPlace> block;
  private final Dimensions dimensions;
  private Inference inference;
  private Shape input;

  /**
   * Starts a module.
   *
   * @param definition binary name of the annotated class
   * @param options what the program decided
   */
  public ModuleBuilder(String definition, ModuleOptions options) {
    this(
        definition,
        Inference.unstated(options),
        new InitialWeights(options.seed()),
        Parts.ofNetwork(),
        Optional.empty());
  }

  private ModuleBuilder(
      String definition,
      Inference inference,
      InitialWeights weights,
      Parts parts,
      Optional<BlockPlace> block) {
    this.definition = definition;
    this.inference = inference;
    this.weights = weights;
    this.parts = parts;
    this.block = block;
    this.dimensions = new Dimensions(definition);
  }

  /** What the next stage or block takes, in order. */
  public Inflow from(Source... sources) {
    int input = block.map(BlockPlace::source).orElse(Stage.INPUT);
    return new Inflow(
        this,
        Arrays.stream(sources)
            .map(source -> source == Source.INPUT ? input : source.stage())
            .toList());
  }

  Stage stage(List<Integer> inputs, List<NetworkLayer> layers) {
    Stage stage = new Stage(parts.whole().stages().size(), inputs, layers);
    parts.add(stage);
    return stage;
  }

  ModuleBuilder block(int source, String name, String definition, Shape input) {
    String network = block.map(BlockPlace::network).orElse(this.definition);
    BlockPlace place = new BlockPlace(name(name), network, source);
    return new ModuleBuilder(definition, inference, weights, parts.block(), Optional.of(place))
        .input(input);
  }

  /** The shape of one example that goes into the network. */
  public ModuleBuilder input(Shape input) {
    this.input = input;
    return this;
  }

  /** The shape of one example that goes into the network, or into the block. */
  @Override
  public Shape input() {
    return input;
  }

  /** Holds the block's input to the image that its class states; {@code Dim.FREE} takes any. */
  public ModuleBuilder takes(int channels, int height, int width) {
    dimensions.takes(block.orElseThrow().field(), input, channels, height, width);
    return this;
  }

  /** Holds the block's input to the features that its class states; {@code Dim.FREE} takes any. */
  public ModuleBuilder takes(int features) {
    dimensions.takes(block.orElseThrow().field(), input, features);
    return this;
  }

  /** The estimator that the class states. */
  public ModuleBuilder estimator(Estimator estimator) {
    inference = inference.withEstimator(estimator);
    return this;
  }

  /** The activation that the class states. */
  public ModuleBuilder activation(Activation activation) {
    inference = inference.withActivation(activation);
    return this;
  }

  /** The prior that the class states. */
  public ModuleBuilder priors(Priors priors) {
    inference = inference.withPriors(priors);
    return this;
  }

  /**
   * A dimension that the definition leaves free, and the number it has in this module, at least 1.
   */
  public ModuleBuilder free(String dimension, int value) {
    dimensions.free(dimension, value);
    return this;
  }

  /** The full name of a layer: its field's, after that of the block around it. */
  public String name(String field) {
    return block.map(place -> place.field() + "." + field).orElse(field);
  }

  /** A convolution with Gaussian weights; its field states nothing about inference. */
  public ConvLayer bayesConv(String field, Shape input, Filters filters) {
    return bayesConv(field, input, filters, Variational.unstated());
  }

  /** A convolution with Gaussian weights. */
  public ConvLayer bayesConv(String field, Shape input, Filters filters, Variational stated) {
    return add(bayesian(field, stated).conv(input, filters));
  }

  /** A convolution with ordinary weights. */
  public ConvLayer conv(String field, Shape input, Filters filters) {
    return add(deterministic(field).conv(input, filters));
  }

  /** A fully connected layer with Gaussian weights; its field states nothing about inference. */
  public LinearLayer bayesLinear(String field, Shape input, int out, boolean bias) {
    return bayesLinear(field, input, out, bias, Variational.unstated());
  }

  /** A fully connected layer with Gaussian weights. */
  public LinearLayer bayesLinear(
      String field, Shape input, int out, boolean bias, Variational stated) {
    return add(bayesian(field, stated).linear(input, out, bias));
  }

  /** A fully connected layer with ordinary weights. */
  public LinearLayer linear(String field, Shape input, int out, boolean bias) {
    return add(deterministic(field).linear(input, out, bias));
  }

  /** An activation function. */
  public ActivationLayer activation(String field, Shape input, Activation function) {
    return add(
        new ActivationLayer(nextIndex(), name(field), input, inference.activation(function)));
  }

  /** The largest value of each window. */
  public PoolLayer maxPool(String field, Shape input, Window window) {
    return pool(field, input, window, PoolLayer.Kind.MAX);
  }

  /** The mean of each window. */
  public PoolLayer avgPool(String field, Shape input, Window window) {
    return pool(field, input, window, PoolLayer.Kind.MEAN);
  }

  private PoolLayer pool(String field, Shape input, Window window, PoolLayer.Kind taken) {
    String name = name(field);
    Shape.Image image = new LayerInput(name, input).image();
    return add(new PoolLayer(nextIndex(), name, image, window, taken));
  }

  /** An image as features. */
  public FlattenLayer flatten(String field, Shape input) {
    return add(new FlattenLayer(nextIndex(), name(field), input));
  }

  /** Dropout with a probability in [0, 1). */
  public DropoutLayer dropout(String field, Shape input, double probability) {
    return add(new DropoutLayer(nextIndex(), name(field), input, probability));
  }

  /** Batch normalisation. */
  public BatchNormLayer batchNorm(String field, Shape input) {
    return add(weights.batchNorm(nextIndex(), name(field), input));
  }

  /** The sum of outputs of one shape, at least 2. */
  public AddLayer add(String field, Shape... inputs) {
    JoinInputs join = new JoinInputs(name(field), definition, List.of(inputs));
    return add(new AddLayer(nextIndex(), join.layer(), join.equal(), inputs.length));
  }

  /**
   * At least 2 outputs side by side: images of equal height and width channel after channel, or
   * features after features.
   */
  public ConcatLayer concat(String field, Shape... inputs) {
    JoinInputs join = new JoinInputs(name(field), definition, List.of(inputs));
    return add(new ConcatLayer(nextIndex(), join.layer(), join.sideBySide()));
  }

  /**
   * Takes in a layer of the user's own whose output has the shape of its input. In a block it was
   * made with its full {@link #name(String)}.
   */
  public <L extends CustomLayer> L custom(L layer) {
    return admit(layer, contract -> contract.requireSameShape());
  }

  /** Takes in a layer of the user's own that takes an image, and whose output is declared. */
  public <L extends CustomLayer> L custom(L layer, CustomLayer.OfImage output) {
    return admit(layer, contract -> contract.requireOutput(output));
  }

  /** Takes in a layer of the user's own that takes features, and whose output is declared. */
  public <L extends CustomLayer> L custom(L layer, CustomLayer.OfFeatures output) {
    return admit(layer, contract -> contract.requireOutput(output));
  }

  private <L extends CustomLayer> L admit(L layer, Consumer<CustomContract> requireOutput) {
    String prefix = name("");
    CustomContract contract = new CustomContract(layer, definition);
    contract.requireName(prefix, parts.whole().layers());
    requireOutput.accept(contract);
    contract.requireParameters();
    return add(layer);
  }

  /**
   * Checks a number that a field states of its input where the compiler could not, because it
   * depends on a free dimension.
   *
   * @param element {@code in}, channels of an image or a number of features, or {@code features},
   *     how many numbers the input has
   */
  public void check(String field, String element, int stated, Shape input) {
    dimensions.check(name(field), element, stated, input);
  }

  @Override
  public String definition() {
    return definition;
  }

  @Override
  public ModuleOptions options() {
    return inference.options();
  }

  @Override
  public Map<String, Integer> freeDimensions() {
    return dimensions.free();
  }

  @Override
  public List<NetworkLayer> layers() {
    return parts.layers();
  }

  @Override
  public List<Stage> stages() {
    return parts.stages();
  }

  @Override
  public Optional<BlockPlace> block() {
    return block;
  }

  private int nextIndex() {
    return parts.whole().layers().size();
  }

  private <L extends NetworkLayer> L add(L layer) {
    parts.add(layer);
    return layer;
  }

  private AffineMaker bayesian(String field, Variational stated) {
    return new AffineMaker.Bayesian(
        weights, nextIndex(), name(field), inference.priors(stated), inference.estimator(stated));
  }

  private AffineMaker deterministic(String field) {
    return new AffineMaker.Deterministic(weights, nextIndex(), name(field));
  }
}
