package io.github.posteriori;

import io.github.posteriori.data.ClassNames;
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
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.PredictiveMoments;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network with its weights; the base class of every generated module.
 *
 * <p>{@code forward} and {@code predict} are safe to call from many threads at a time, but not
 * while a {@link Trainer} changes the weights. Images are float numbers from 0 to 1. What they return
 * lies outside every ND4J workspace and is the caller's to keep.
 */
public abstract class BayesModule {
  private final String definition;
  private final ModuleOptions options;
  private final Map<String, Integer> freeDimensions;
  private final Shape input;
  private final Parts parts;
  private final Optional<BlockPlace> block;
  private final Engine engine;
  private volatile Network network;
  private volatile NetworkRunner runner;
  private volatile Optional<Provenance> provenance = Optional.empty();
  private volatile Optional<ClassNames> learnt = Optional.empty();

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
   * @param images {@code [batch, channels, height, width]} or {@code [batch, features]}, pixels
   *     from 0 to 1, any float type and ordering
   * @param sample the number of the posterior sample; with one module seed, equal numbers give
   *     equal draws
   * @throws IllegalArgumentException when {@code images} has another shape, or a pixel is NaN or
   *     infinite
   * @throws NullPointerException when {@code images} is null
   */
  public final Output forward(INDArray images, int sample) {
    float[] pixels = pixels(images);
    FinitePixels.require(pixels, input, 0);
    int count = (int) images.size(0);
    float[] logits = runner().forward(pixels, count, NoiseKey.evaluation(options.seed(), sample));
    return Output.of(logits, outputShape().batch(count), kl());
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
   * @param images {@code [batch, channels, height, width]} or {@code [batch, features]}, pixels
   *     from 0 to 1
   * @param samples number of posterior samples, at least 1
   * @param normalisation how logits become probabilities
   * @throws IllegalArgumentException when {@code images} has another shape, a pixel is NaN or
   *     infinite, or {@code samples} is below 1
   * @throws IllegalStateException when the network ends in an image, which has no classes
   * @throws NullPointerException when an argument is null
   */
  public final Prediction predict(INDArray images, int samples, Normalisation normalisation) {
    Objects.requireNonNull(normalisation, "normalisation is null, expected SOFTMAX or SOFTPLUS");
    PosteriorPasses passes = new PosteriorPasses(this, samples);
    float[] pixels = pixels(images);
    int count = (int) images.size(0);
    int classes = classes();
    PredictiveMoments moments = new PredictiveMoments(count, classes);
    passes.run(
        pixels, count, 0, logits -> moments.add(normalisation.probabilities(logits, classes)));
    return Prediction.of(moments);
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

  /** The record of how the weights were trained; empty if they were not. */
  public final Optional<Provenance> provenance() {
    return provenance;
  }

  /** Records how the weights were trained; checkpoints store it. */
  final void provenance(Provenance provenance) {
    this.provenance = Optional.of(provenance);
  }

  /**
   * The names of the classes, by label: those of the set it was trained on. Where that has fewer
   * classes than this module outputs, the others are called "output 8", for example. An untrained
   * module's classes are called by their numbers.
   *
   * @throws IllegalStateException when the network ends in an image, which has no classes
   */
  public final List<String> classNames() {
    return learnt.orElseGet(() -> ClassNames.numbers(classes())).names();
  }

  /** The names of the classes, if a set or a checkpoint gave them. */
  final Optional<ClassNames> learntClasses() {
    return learnt;
  }

  /** Names the classes, one name for each; checkpoints store it. */
  final void learntClasses(ClassNames names) {
    this.learnt = Optional.of(names);
  }

  /** The graph by which an engine runs this module. */
  public final Network network() {
    if (network == null) {
      completeNetwork();
    }
    return network;
  }

  /** Completes the network, whose layers exist only after the generated constructor has run. */
  private synchronized void completeNetwork() {
    if (network == null) {
      List<NetworkLayer> layers = List.copyOf(parts.layers());
      network =
          new Network(
              input,
              layers.get(layers.size() - 1).output(),
              layers,
              List.copyOf(parts.stages()),
              this::forward,
              this::backward);
    }
  }

  /** The engine that executes this module. */
  public final Engine engine() {
    return engine;
  }

  /** Returns the runner of this module on its engine, which owns the working memory. */
  public final NetworkRunner runner() {
    if (runner == null) {
      openRunner();
    }
    return runner;
  }

  private synchronized void openRunner() {
    if (runner == null) {
      runner = engine.open(network());
    }
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

  /** Returns the pixels of a batch of this module's input shape, row-major. */
  @SuppressWarnings("try") // a workspace scope works by being open
  final float[] pixels(INDArray images) {
    String expectedText = inputShape().toString().replace("[", "[batch, ");
    Objects.requireNonNull(images, () -> "images is null, expected " + expectedText);
    long[] expected = inputShape().batch(images.rank() == 0 ? 0 : images.size(0));
    long[] found = images.shape();
    if (!Arrays.equals(expected, found) || found[0] == 0) {
      boolean missesBatch = Arrays.equals(inputShape().batch(1), prepend(found));
      throw new IllegalArgumentException(
          "expected "
              + expectedText
              + ", got "
              + Arrays.toString(found)
              + (missesBatch ? ": add a batch dimension" : ""));
    }
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return images.dup('c').castTo(DataType.FLOAT).data().asFloat();
    }
  }

  private static long[] prepend(long[] shape) {
    long[] longer = new long[shape.length + 1];
    longer[0] = 1;
    System.arraycopy(shape, 0, longer, 1, shape.length);
    return longer;
  }
}
