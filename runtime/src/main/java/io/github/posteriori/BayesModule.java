package io.github.posteriori;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Engines;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network with its weights; the base class of every generated module.
 *
 * <p>{@code forward} and {@code predict} are safe to call from many threads at a time, but not
 * while a {@link Trainer} changes the weights. Images are float numbers from 0 to 1. What they
 * return lies outside every ND4J workspace and is the caller's to keep.
 */
public abstract class BayesModule {
  private final String definition;
  private final ModuleOptions options;
  private final Map<String, Integer> freeDimensions;
  private final Shape input;
  private final Parts parts;
  private final Optional<BlockPlace> block;
  private final Engine engine;
  private final Lazy<Network> network = new Lazy<>(this::completeNetwork);
  private final Lazy<NetworkRunner> runner = new Lazy<>(this::openRunner);
  private final Lazy<FiniteWeights> weights = new Lazy<>(() -> new FiniteWeights(network()));
  private final Lazy<SampleFree> sampleFree = new Lazy<>(() -> new SampleFree(this));
  private volatile Learnt learnt = Learnt.NOTHING;
  private volatile Predictor predictor = Predictor.posterior();

  /** The parts that a module is made of. */
  public interface Parts {

    /** The binary name of the annotated class. */
    String definition();

    /** The options that the program created the module with. */
    ModuleOptions options();

    /** The free dimensions and their values, in the order of {@code create}. */
    Map<String, Integer> freeDimensions();

    /** The shape of one example. */
    Shape input();

    /** The layers in the order of data flow; a view that grows as they are made. */
    List<NetworkLayer> layers();

    /** The stages in the order of data flow; a view that grows as they are made. */
    List<Stage> stages();

    /** The module's place in another network, if it is a block. */
    Optional<BlockPlace> block();
  }

  /**
   * The place where a block is nested.
   *
   * @param field the full name of its field, such as {@code stage2.block1}
   * @param network the definition of the whole network
   * @param source index of the stage whose output it takes, or {@link Stage#INPUT}
   */
  public record BlockPlace(String field, String network, int source) {}

  /** Takes over {@code parts}, including those added while the subclass's constructor runs. */
  protected BayesModule(Parts parts) {
    this.definition = parts.definition();
    this.options = parts.options();
    this.freeDimensions = parts.freeDimensions();
    this.input = parts.input();
    this.parts = parts;
    this.block = parts.block();
    this.engine = Engines.named(options.engine());
  }

  /** Runs the generated forward pass, from {@code images} to logits, stage by stage. */
  protected abstract Signal forward(Pass pass, Signal images);

  /**
   * Runs the generated backward pass, the same stages in reverse order, and returns the gradient
   * with respect to the images; it is empty if not needed.
   */
  protected abstract Signal backward(Pass pass, Signal outputGradient);

  /** Runs posterior sample 0 in evaluation mode; see {@link #forward(INDArray, int)}. */
  public final Output forward(INDArray images) {
    return forward(images, 0);
  }

  /**
   * Runs a batch in evaluation mode, with running statistics and without dropout. The images are
   * numbered from 0, and an image's noise depends on its number.
   *
   * <p>Images are {@code [batch, channels, height, width]} in any float type, ordering and stride,
   * pixels from 0 to 1. Other arrays are converted if they can mean one thing only: a single image
   * without a batch; channels in the last place, if their number is neither the height nor the
   * width; grey images without channels; bytes of type UINT8, of which at least one is above 1, are
   * divided by 255; numbers of another integer type, and truth values, are 0 or 1. Pixels may be
   * standardised: an image without a negative pixel reaches 10 at most, any other ±100. Features
   * are {@code [batch, features]} or {@code [features]}, any finite numbers; so are signals, images
   * of one row. Where the module standardises, numbers are handed over as they were before.
   *
   * @param images the images, or the features, of at least one example
   * @param sample the number of the posterior sample; with one module seed, equal numbers give
   *     equal draws
   * @throws IllegalArgumentException when {@code images} is not as described, or a logit is not
   *     finite
   * @throws IllegalStateException when a weight is not finite
   * @throws NullPointerException when {@code images} is null
   */
  public final Output forward(INDArray images, int sample) {
    ImageArray given = ImageArray.of(images, input);
    requireFiniteWeights();
    float[] inputs = standardised(given.pixels());
    NoiseKey noise = NoiseKey.evaluation(options.seed(), sample);
    float[] logits = runner().forward(inputs, given.count(), noise);
    FiniteLogits.require(this, inputs, noise, logits);
    return Output.of(logits, outputShape().batch(given.count()), kl());
  }

  /** Predicts with softmax; see {@link #predict(INDArray, int, Normalisation)}. */
  public final Prediction predict(INDArray images, int samples) {
    return predict(images, samples, Normalisation.SOFTMAX);
  }

  /**
   * Averages the class probabilities of many posterior samples and splits their uncertainty. The
   * images are numbered as in {@link #forward(INDArray, int)}; memory does not grow with {@code
   * samples}.
   *
   * @param images as {@link #forward(INDArray, int)} takes them
   * @param samples number of posterior samples, at least 1
   * @param normalisation how logits become probabilities
   * @throws IllegalArgumentException when {@code images} is not as described there, a logit is not
   *     finite, or {@code samples} is below 1
   * @throws IllegalStateException when the network ends in an image, which has no classes, was
   *     trained on numbers or several labels, or has a weight that is not finite
   * @throws NullPointerException when an argument is null
   */
  public final Prediction predict(INDArray images, int samples, Normalisation normalisation) {
    Objects.requireNonNull(normalisation, "normalisation is null, expected SOFTMAX or SOFTPLUS");
    requireKind(TargetKind.CLASSES);
    PosteriorPasses passes = new PosteriorPasses(this, samples);
    ImageArray given = ImageArray.of(images, input);
    return passes.prediction(given.pixels(), given.count(), normalisation);
  }

  /**
   * Predicts numbers, with the distributions of many posterior samples. The examples are numbered
   * as in {@link #forward(INDArray, int)}.
   *
   * @param examples as {@link #forward(INDArray, int)} takes them
   * @param samples number of posterior samples, at least 1
   * @throws IllegalArgumentException when {@code examples} is not as described there, an output is
   *     not finite, or {@code samples} is below 1
   * @throws IllegalStateException when the network was not trained on numbers, or a weight is not
   *     finite
   * @throws NullPointerException when {@code examples} is null
   */
  public final ValuePrediction predictValues(INDArray examples, int samples) {
    requireKind(TargetKind.VALUES);
    ImageArray given = ImageArray.of(examples, input);
    return new PosteriorPasses(this, samples).values(given.pixels(), given.count(), 0).prediction();
  }

  /**
   * Predicts the probabilities of several labels at once, averaged over many posterior samples. The
   * examples are numbered as in {@link #forward(INDArray, int)}.
   *
   * @param examples as {@link #forward(INDArray, int)} takes them
   * @param samples number of posterior samples, at least 1
   * @throws IllegalArgumentException when {@code examples} is not as described there, an output is
   *     not finite, or {@code samples} is below 1
   * @throws IllegalStateException when the network was not trained on several labels at once, or a
   *     weight is not finite
   * @throws NullPointerException when {@code examples} is null
   */
  public final LabelPrediction predictLabels(INDArray examples, int samples) {
    requireKind(TargetKind.LABELS);
    ImageArray given = ImageArray.of(examples, input);
    return LabelPrediction.of(
        new PosteriorPasses(this, samples).values(given.pixels(), given.count(), 0).prediction());
  }

  /**
   * Checks what the module predicts.
   *
   * @throws IllegalStateException when it is something else
   */
  final void requireKind(TargetKind kind) {
    learnt.requireKind(kind, definition);
  }

  /**
   * Predicts without sampling, with softmax; see {@link #predictMoments(INDArray, Normalisation)}.
   */
  public final Prediction predictMoments(INDArray images) {
    return predictMoments(images, Normalisation.SOFTMAX);
  }

  /**
   * Predicts as {@link #predict(INDArray, int, Normalisation)} does, without sampling: the mean and
   * variance of every activation pass through the network once, in about the time of three samples
   * or less. Activations are taken to be independent Gaussian numbers, which is exact for the first
   * layer that samples and an approximation behind it. No random seed plays a part.
   *
   * @param images as {@link #forward(INDArray, int)} takes them
   * @param normalisation how logits become probabilities
   * @throws IllegalArgumentException when {@code images} is not as described there, or a moment is
   *     not finite
   * @throws IllegalStateException when the network does not tell classes apart, predicts by another
   *     method than its posterior, or has a weight that is not finite
   * @throws NullPointerException when an argument is null
   */
  public final Prediction predictMoments(INDArray images, Normalisation normalisation) {
    Objects.requireNonNull(normalisation, "normalisation is null, expected SOFTMAX or SOFTPLUS");
    ImageArray given = ImageArray.of(images, input);
    return sampleFree().prediction(given.pixels(), given.count(), normalisation);
  }

  /**
   * Returns what predicts by moments, which has memory of its own.
   *
   * @throws IllegalStateException when the module does not predict by its posterior
   */
  final SampleFree sampleFree() {
    requireKind(TargetKind.CLASSES);
    if (predictor != Predictor.posterior()) {
      throw new IllegalStateException(
          definition
              + " predicts by "
              + (predictor instanceof TestTimeAugmentation ? "views" : predictor.method())
              + ", expected by the posterior of its weights, whose moments are propagated: sample"
              + " instead");
    }
    return sampleFree.get();
  }

  /**
   * The likelihood that the module was trained with, and what it learned of the targets; the
   * categorical one in an untrained module. Checkpoints store it.
   */
  public final Likelihood likelihood() {
    return learnt.likelihood();
  }

  /**
   * Draws the class probabilities of each image from many posterior samples, each image as if it
   * were alone: what it gets does not depend on the others, and {@link
   * PredictiveSamples#prediction} is what {@link #predict(INDArray, int)} predicts for it alone, to
   * rounding. So images of different origin can share a batch.
   *
   * @param images as {@link #forward(INDArray, int)} takes them
   * @param samples number of posterior samples, at least 1
   * @return the samples of each image
   * @throws IllegalArgumentException when {@code images} is not as described there, a logit is not
   *     finite, or {@code samples} is below 1
   * @throws IllegalStateException when the network ends in an image, which has no classes, or a
   *     weight is not finite
   * @throws NullPointerException when {@code images} is null
   */
  public final List<PredictiveSamples> sample(INDArray images, int samples) {
    requireKind(TargetKind.CLASSES);
    PosteriorPasses passes = new PosteriorPasses(this, samples);
    ImageArray given = ImageArray.of(images, input);
    return passes.each(given.pixels(), given.count());
  }

  /**
   * Returns KL(q || p) in nats, summed over all Bayesian weights that a forward pass samples; 0 if
   * it samples none.
   */
  public final double kl() {
    return runner().kl();
  }

  /**
   * Writes weights, definition and options to a safetensors file; an existing file is replaced
   * atomically.
   *
   * @throws IllegalStateException when this is a block of another network
   * @throws NullPointerException when {@code file} is null
   */
  public final void save(Path file) {
    requireWhole("save");
    Checkpoint.write(this, file);
  }

  /** Throws if this is a block, for operations that need a whole network. */
  void requireWhole(String what) {
    block.ifPresent(
        place -> {
          throw new IllegalStateException(
              place.field()
                  + " is a part of "
                  + place.network()
                  + ": "
                  + what
                  + " the whole network");
        });
  }

  /** The options that the program created the module with. */
  public final ModuleOptions options() {
    return options;
  }

  /** The binary name of the annotated class. */
  public final String definition() {
    return definition;
  }

  /**
   * The free dimensions of the definition and their values in this module, in the order of {@code
   * create}.
   */
  public final Map<String, Integer> freeDimensions() {
    return freeDimensions;
  }

  /** The layers in the order of data flow, including those of blocks. */
  public final List<Layer> layers() {
    return network().layers().stream().map(Layer::of).toList();
  }

  /** All tensors, in the order of the layers; writing to them changes the module. */
  public final List<Parameter> parameters() {
    return network().parameters();
  }

  /** The shape of one example. */
  public final Shape inputShape() {
    return input;
  }

  /** The shape of the logits of one example. */
  public final Shape outputShape() {
    return network().output();
  }

  /** What this module knows beside its weights. */
  final Learnt learnt() {
    return learnt;
  }

  /**
   * Changes what this module knows beside its weights.
   *
   * @throws IllegalArgumentException when a standardisation has another number of channels or
   *     features, or a calibration another number of intervals than there are targets
   */
  final synchronized void learn(UnaryOperator<Learnt> change) {
    Learnt next = change.apply(learnt);
    next.requireFit(definition, input);
    learnt = next;
  }

  /** The record of how the weights were trained; empty if they were not. */
  public final Optional<Provenance> provenance() {
    return learnt.provenance();
  }

  /**
   * The names of the classes, by label: those of the set it was trained on, or their numbers in an
   * untrained module.
   *
   * @throws IllegalStateException when the network ends in an image, which has no classes
   */
  public final List<String> classNames() {
    return learnt.classNames().orElseGet(() -> ClassNames.numbers(classes())).names();
  }

  /**
   * The standardisation that the module applies to all examples before its first layer, in
   * training, evaluation and prediction; empty if it takes them as they are. Checkpoints store it.
   */
  public final Optional<Standardisation> standardisation() {
    return learnt.standardisation();
  }

  /** Returns examples as the first layer takes them, {@code [count, input]} row-major. */
  final float[] standardised(float[] examples) {
    return standardisation().map(by -> by.apply(examples, input.size())).orElse(examples);
  }

  /** Returns a batch as the first layer takes it. */
  final Batch standardised(Batch batch) {
    return standardisation().isEmpty() ? batch : batch.with(standardised(batch.images()));
  }

  /** The risks that were measured on held-out examples, if they were; training forgets them. */
  public final Optional<SelectiveRisk> selectiveRisk() {
    return learnt.selectiveRisk();
  }

  /**
   * Keeps the risks that the present weights run on held-out examples; checkpoints store them.
   *
   * @throws NullPointerException when {@code risk} is null
   */
  public final void selectiveRisk(SelectiveRisk risk) {
    Objects.requireNonNull(risk, "risk is null, expected SelectiveRisk.of(...)");
    learn(known -> known.with(risk));
  }

  /**
   * What held-out examples promise of the predictions, if the module was calibrated, see {@link
   * Calibrator}; training forgets it. Its temperature divides the logits of every prediction, but
   * not those of {@code forward}.
   */
  public final Optional<Calibration> calibration() {
    return learnt.calibration();
  }

  /**
   * Calibrates the predictions of the present weights; checkpoints store it.
   *
   * @throws NullPointerException when {@code calibration} is null
   */
  public final void calibration(Calibration calibration) {
    Objects.requireNonNull(calibration, "calibration is null, expected that of a Calibrator");
    learn(known -> known.with(calibration));
  }

  /**
   * Returns the set of classes of each image, which holds the true one with the probability that
   * the module's {@link #calibration} promises.
   *
   * @param images as {@link #forward(INDArray, int)} takes them
   * @param prediction of these images, by softmax
   * @return of each image the classes, by rising number; there may be none
   * @throws IllegalArgumentException when {@code images} is not as described there
   * @throws IllegalStateException when the module is not calibrated, or predicts no classes
   */
  public final List<int[]> sets(INDArray images, Prediction prediction) {
    ConformalSets sets =
        learnt
            .conformalSets()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        definition
                            + " promises no sets of classes, expected one that is calibrated: call"
                            + " Calibrator.of(...).calibrate(...) first"));
    ImageArray given = ImageArray.of(images, input);
    double[][] probabilities = prediction.probabilities().toDoubleMatrix();
    int size = input.size();
    return IntStream.range(0, given.count())
        .mapToObj(
            i ->
                sets.classes(
                    probabilities[i], ConformalSets.uniform(given.pixels(), i * size, size)))
        .toList();
  }

  /** How the logits of a prediction are drawn: samples of the posterior, unless set otherwise. */
  public final Predictor predictor() {
    return predictor;
  }

  /**
   * Predicts in another way from now on; checkpoints store it, and training returns to samples of
   * the posterior. What was measured of another way is forgotten. An ensemble whose members learned
   * the noise of numbers for themselves predicts by the mean of their variances, which becomes the
   * module's.
   *
   * @throws IllegalArgumentException when the module cannot be predicted with in this way
   * @throws NullPointerException when {@code predictor} is null
   */
  public final void predictor(Predictor predictor) {
    Objects.requireNonNull(predictor, "predictor is null, expected Predictor.posterior()");
    predictor.requireFits(this);
    Likelihood likelihood = predictor.likelihood(this);
    learn(known -> known.withoutMeasurements().with(likelihood));
    this.predictor = predictor;
  }

  /** The graph by which an engine runs this module. */
  public final Network network() {
    return network.get();
  }

  /** Completes the network, whose layers exist only after the generated constructor has run. */
  private Network completeNetwork() {
    List<NetworkLayer> layers = List.copyOf(parts.layers());
    return new Network(
        input,
        layers.get(layers.size() - 1).output(),
        layers,
        List.copyOf(parts.stages()),
        this::forward,
        this::backward);
  }

  /** The engine that executes this module. */
  public final Engine engine() {
    return engine;
  }

  /**
   * Returns the runner of this module on its engine, which owns the working memory. It begins with
   * the first layer: what it takes is standardised already.
   */
  public final NetworkRunner runner() {
    return runner.get();
  }

  private NetworkRunner openRunner() {
    return engine.open(network());
  }

  /** Throws if a weight is not finite. */
  final void requireFiniteWeights() {
    weights.get().require();
  }

  /**
   * Returns the number of classes that the logits distinguish.
   *
   * @throws IllegalStateException when the network ends in an image, which has no classes
   */
  final int classes() {
    if (outputShape() instanceof Shape.Features features) {
      return features.count();
    }
    throw new IllegalStateException(
        definition
            + " ends in the image "
            + outputShape()
            + ", expected features, one for each class: end it with a linear layer, or with"
            + " @Flatten");
  }
}
