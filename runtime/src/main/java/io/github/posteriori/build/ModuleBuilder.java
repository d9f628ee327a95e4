package io.github.posteriori.build;

import io.github.posteriori.BayesModule;
import io.github.posteriori.BayesModule.BlockPlace;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.engine.Source;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the layers of a generated module, or of a block in it, one after the other. Generated code
 * is its only user.
 *
 * <p>A field overrides its class, a block's class overrides the class around it, and {@link
 * ModuleOptions} override all of them. Every method that makes a layer throws {@link
 * IllegalArgumentException} if the layer does not fit its input.
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
   * @param options the program's options
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

  /** Returns the inputs of the next stage or block, in order. */
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

  /** Sets the shape of one input example of the network. */
  public ModuleBuilder input(Shape input) {
    this.input = input;
    return this;
  }

  /** The shape of one input example of the network, or of the block. */
  @Override
  public Shape input() {
    return input;
  }

  /**
   * Checks that the block's input is the image that its class states; {@code Dim.FREE} fits any.
   */
  public ModuleBuilder takes(int channels, int height, int width) {
    dimensions.takes(block.orElseThrow().field(), input, channels, height, width);
    return this;
  }

  /**
   * Checks that the block's input is the features that its class states; {@code Dim.FREE} fits any.
   */
  public ModuleBuilder takes(int features) {
    dimensions.takes(block.orElseThrow().field(), input, features);
    return this;
  }

  /** Sets the class's estimator. */
  public ModuleBuilder estimator(Estimator estimator) {
    inference = inference.withEstimator(estimator);
    return this;
  }

  /** Sets the class's activation. */
  public ModuleBuilder activation(Activation activation) {
    inference = inference.withActivation(activation);
    return this;
  }

  /** Sets the class's priors. */
  public ModuleBuilder priors(Priors priors) {
    inference = inference.withPriors(priors);
    return this;
  }

  /** Sets a free dimension of the definition to its value in this module, at least 1. */
  public ModuleBuilder free(String dimension, int value) {
    dimensions.free(dimension, value);
    return this;
  }

  /** Returns the full name of a layer: its field's, prefixed by that of the block around it. */
  public String name(String field) {
    return block.map(place -> place.field() + "." + field).orElse(field);
  }

  /** Makes a convolution with Gaussian weights; its field states nothing about inference. */
  public ConvLayer bayesConv(String field, Shape input, Filters filters) {
    return bayesConv(field, input, filters, Variational.unstated());
  }

  /** Makes a convolution with Gaussian weights. */
  public ConvLayer bayesConv(String field, Shape input, Filters filters, Variational stated) {
    return add(bayesian(field, stated).conv(input, filters));
  }

  /** Makes a convolution with deterministic weights. */
  public ConvLayer conv(String field, Shape input, Filters filters) {
    return add(deterministic(field).conv(input, filters));
  }

  /** Makes a transposed convolution with Gaussian weights; its field states nothing further. */
  public ConvTransposeLayer bayesConvTranspose(
      String field, Shape input, Filters filters, int extraRows, int extraColumns) {
    return bayesConvTranspose(
        field, input, filters, extraRows, extraColumns, Variational.unstated());
  }

  /**
   * Makes a transposed convolution with Gaussian weights.
   *
   * @param extraRows rows added below the output, below the stride
   * @param extraColumns columns added to its right, below the stride
   */
  public ConvTransposeLayer bayesConvTranspose(
      String field,
      Shape input,
      Filters filters,
      int extraRows,
      int extraColumns,
      Variational stated) {
    return add(bayesian(field, stated).convTranspose(input, filters, extraRows, extraColumns));
  }

  /** Makes a transposed convolution with deterministic weights. */
  public ConvTransposeLayer convTranspose(
      String field, Shape input, Filters filters, int extraRows, int extraColumns) {
    return add(deterministic(field).convTranspose(input, filters, extraRows, extraColumns));
  }

  /**
   * Makes a fully connected layer with Gaussian weights; its field states nothing about inference.
   */
  public LinearLayer bayesLinear(String field, Shape input, int out, boolean bias) {
    return bayesLinear(field, input, out, bias, Variational.unstated());
  }

  /** Makes a fully connected layer with Gaussian weights. */
  public LinearLayer bayesLinear(
      String field, Shape input, int out, boolean bias, Variational stated) {
    return add(bayesian(field, stated).linear(input, out, bias));
  }

  /** Makes a fully connected layer with deterministic weights. */
  public LinearLayer linear(String field, Shape input, int out, boolean bias) {
    return add(deterministic(field).linear(input, out, bias));
  }

  /** Makes an activation function. */
  public ActivationLayer activation(String field, Shape input, Activation function) {
    return add(
        new ActivationLayer(nextIndex(), name(field), input, inference.activation(function)));
  }

  /** Makes a max-pool, which takes the largest value of each window. */
  public PoolLayer maxPool(String field, Shape input, Window window) {
    return pool(field, input, window, PoolLayer.Kind.MAX);
  }

  /** Makes an average pool, which takes the mean of each window. */
  public PoolLayer avgPool(String field, Shape input, Window window) {
    return pool(field, input, window, PoolLayer.Kind.MEAN);
  }

  private PoolLayer pool(String field, Shape input, Window window, PoolLayer.Kind taken) {
    String name = name(field);
    Shape.Image image = new LayerInput(name, input).image();
    return add(new PoolLayer(nextIndex(), name, image, window, taken));
  }

  /** Makes a mean of each channel over all its pixels. */
  public GlobalAvgPoolLayer globalAvgPool(String field, Shape input) {
    String name = name(field);
    return add(new GlobalAvgPoolLayer(nextIndex(), name, new LayerInput(name, input).image()));
  }

  /** Makes an enlargement of an image by whole factors, each at least 1, that repeats pixels. */
  public UpsampleLayer upsample(String field, Shape input, int rows, int columns) {
    return upsample(field, input, rows, columns, Interpolation.NEAREST);
  }

  /** Makes an enlargement of an image by whole factors, each at least 1. */
  public UpsampleLayer upsample(
      String field, Shape input, int rows, int columns, Interpolation interpolation) {
    String name = name(field);
    Shape.Image image = new LayerInput(name, input).image();
    return add(new UpsampleLayer(nextIndex(), name, image, rows, columns, interpolation));
  }

  /** Makes a layer that flattens an image into features. */
  public FlattenLayer flatten(String field, Shape input) {
    return add(new FlattenLayer(nextIndex(), name(field), input));
  }

  /** Makes a dropout with a probability in [0, 1). */
  public DropoutLayer dropout(String field, Shape input, double probability) {
    return add(new DropoutLayer(nextIndex(), name(field), input, probability));
  }

  /** Makes a batch normalisation. */
  public BatchNormLayer batchNorm(String field, Shape input) {
    return add(weights.batchNorm(nextIndex(), name(field), input));
  }

  /** Makes a normalisation of each example over all its numbers, at least 2. */
  public LayerNormLayer layerNorm(String field, Shape input) {
    return add(weights.layerNorm(nextIndex(), name(field), input));
  }

  /** Makes a normalisation of groups of channels or features; {@code groups} divides them. */
  public GroupNormLayer groupNorm(String field, Shape input, int groups) {
    return add(weights.groupNorm(nextIndex(), name(field), input, groups));
  }

  /** Makes the sum of at least 2 outputs of one shape. */
  public AddLayer add(String field, Shape... inputs) {
    JoinInputs join = new JoinInputs(name(field), definition, List.of(inputs));
    return add(new AddLayer(nextIndex(), join.layer(), join.equal(), inputs.length));
  }

  /**
   * Makes the concatenation of at least 2 outputs: images of equal height and width along the
   * channels, or features.
   */
  public ConcatLayer concat(String field, Shape... inputs) {
    JoinInputs join = new JoinInputs(name(field), definition, List.of(inputs));
    return add(new ConcatLayer(nextIndex(), join.layer(), join.sideBySide()));
  }

  /**
   * Makes a custom layer whose output has the shape of its input. In a block it must be made with
   * its full {@link #name(String)}.
   */
  public <L extends CustomLayer> L custom(Supplier<L> constructor) {
    return admit(constructor, contract -> contract.requireSameShape());
  }

  /** Makes a custom layer that takes an image and declares its output. */
  public <L extends CustomLayer> L custom(Supplier<L> constructor, CustomLayer.OfImage output) {
    return admit(constructor, contract -> contract.requireOutput(output));
  }

  /** Makes a custom layer that takes features and declares its output. */
  public <L extends CustomLayer> L custom(Supplier<L> constructor, CustomLayer.OfFeatures output) {
    return admit(constructor, contract -> contract.requireOutput(output));
  }

  /** Calls the constructor outside the caller's workspaces, so that its arrays outlive them. */
  @SuppressWarnings("try") // a workspace scope works by being open
  private <L extends CustomLayer> L admit(
      Supplier<L> constructor, Consumer<CustomContract> requireOutput) {
    L layer;
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      layer = constructor.get();
    }
    String prefix = name("");
    CustomContract contract = new CustomContract(layer, definition);
    contract.requireName(prefix, parts.whole().layers());
    requireOutput.accept(contract);
    contract.requireParameters();
    return add(layer);
  }

  /**
   * Checks a number that a field states about its input and that depends on a free dimension, so
   * that the compiler could not check it.
   *
   * @param element {@code in}, the channels of an image or the number of features, or {@code
   *     features}, the size of the input
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
