package io.github.posteriori.onnx;

import io.github.posteriori.BayesModule;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.Temperature;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.checkpoint.JsonMetadata;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.onnx.schema.Onnx.GraphProto;
import io.github.posteriori.onnx.schema.Onnx.ModelProto;
import io.github.posteriori.onnx.schema.Onnx.OperatorSetIdProto;
import io.github.posteriori.onnx.schema.Onnx.StringStringEntryProto;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A module as an ONNX model, which other programs run without this library:
 *
 * <pre>{@code
 * OnnxExport.prediction(net, 25).write(Path.of("net.onnx"));
 * OnnxExport.sampleFree(net).write(Path.of("moments.onnx"));
 * OnnxExport.pointEstimate(net).write(Path.of("means.onnx"));
 * }</pre>
 *
 * <p>The input {@code input} is a batch of float examples as {@link BayesModule#forward} takes
 * them, {@code [N, channels, height, width]} or {@code [N, features]}, for any N. All outputs are
 * float; their first dimension is N. Exporting reads the weights of the module as they are then.
 */
public final class OnnxExport {
  /** The version of ONNX's operators that models use. */
  public static final int OPSET = 17;

  /** The version of ONNX's file format, the one that came with these operators. */
  private static final int FORMAT = 8;

  private static final String INPUT = "input";

  private final BayesModule module;
  private final Answer answer;
  private final OptionalLong seed;

  private OnnxExport(BayesModule module, Answer answer, OptionalLong seed) {
    this.module = Objects.requireNonNull(module, "module is null, expected the one to export");
    this.answer = answer;
    this.seed = seed;
  }

  /**
   * Exports what {@link BayesModule#predict} answers: the outputs {@code probabilities}, {@code
   * epistemic} and {@code aleatoric}, {@code [N, classes]} each, from samples that the model draws
   * anew whenever it runs. Logits have the temperature of a calibrated module; its sets are no part
   * of the model.
   *
   * @param samples T, the number of posterior samples, at least 1; a module without a posterior
   *     takes one, since all would be equal
   * @throws IllegalArgumentException when {@code samples} is below 1, or the network ends in an
   *     image, which has no classes, or was trained on numbers or several labels
   */
  public static OnnxExport prediction(BayesModule module, int samples) {
    return new OnnxExport(module, new PredictionAnswer(samples), OptionalLong.empty())
        .requireClasses();
  }

  /**
   * Exports what {@link BayesModule#predictMoments(org.nd4j.linalg.api.ndarray.INDArray)} answers:
   * the same outputs, from the mean and the variance of every activation, which pass through the
   * network once. The model draws nothing at random. Logits have the temperature of a calibrated
   * module.
   *
   * @throws IllegalArgumentException when the network ends in an image, which has no classes, or
   *     was trained on numbers or several labels
   */
  public static OnnxExport sampleFree(BayesModule module) {
    return new OnnxExport(module, new SampleFreeAnswer(), OptionalLong.empty()).requireClasses();
  }

  private OnnxExport requireClasses() {
    if (module.likelihood().kind() != TargetKind.CLASSES) {
      throw new IllegalArgumentException(
          "the likelihood of "
              + module.definition()
              + " is "
              + module.likelihood().name()
              + ", expected that of classes, whose probabilities the model would answer: export its"
              + " point estimate, whose outputs are those of the network");
    }
    if (module.outputShape() instanceof Shape.Image image) {
      throw new IllegalArgumentException(
          module.definition()
              + " ends in the image "
              + image
              + ", expected features, one for each class: export its point estimate, or end it"
              + " with a linear layer");
    }
    return this;
  }

  /**
   * Exports the deterministic network at the means of the posterior: the output {@code logits},
   * {@code [N, classes]}, whatever the estimator of the module. They have the temperature of a
   * calibrated module that draws nothing; of one that does, it was fitted to the draws.
   */
  public static OnnxExport pointEstimate(BayesModule module) {
    return new OnnxExport(module, new PointAnswer(), OptionalLong.empty());
  }

  /**
   * Returns this export with a random seed: a session of ONNX Runtime then begins with the same
   * draws whenever it is opened, and goes on from there. Without one, each process that runs the
   * model begins with other draws.
   */
  public OnnxExport withSeed(long seed) {
    return new OnnxExport(module, answer, OptionalLong.of(seed));
  }

  /** The names of the outputs, in order. */
  public List<String> outputs() {
    return answer.outputs();
  }

  /**
   * Writes the model; an existing file is replaced atomically.
   *
   * @throws CheckpointException when the file cannot be written
   * @throws IllegalArgumentException when the network has a layer of the user's own, or weights of
   *     more than 2 GiB
   * @throws IllegalStateException when a weight is not finite
   */
  public void write(Path file) {
    Objects.requireNonNull(file, "file is null, expected the path of the file to write");
    ModelProto model = model();
    CheckpointOutput.write(file, output -> model.writeTo(output.stream()));
  }

  /** The model in ONNX's schema. */
  ModelProto model() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .setProducerName("Posteriori")
            .setProducerVersion(Version.ofLibrary())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph());
    metadata()
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  /** What a program may want to know of the model; {@code class_names} is a JSON array. */
  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("definition", module.definition());
    metadata.put("estimator", estimators());
    if (answer instanceof PredictionAnswer prediction) {
      metadata.put("samples", String.valueOf(prediction.samples()));
    }
    if (module.outputShape() instanceof Shape.Features) {
      metadata.put("class_names", JsonMetadata.write(module.classNames()));
    }
    module.provenance().ifPresent(training -> metadata.put("dataset", training.dataset()));
    return metadata;
  }

  /** The estimators in the graph, as in {@code lrt}; several if its layers differ. */
  private String estimators() {
    String drawn =
        module.network().layers().stream()
            .filter(AffineLayer.class::isInstance)
            .map(layer -> answer.estimator((AffineLayer) layer))
            .filter(estimator -> estimator != Estimator.POINT)
            .map(estimator -> estimator.name().toLowerCase(Locale.ROOT))
            .distinct()
            .collect(Collectors.joining(", "));
    return drawn.isEmpty() ? "point" : drawn;
  }

  private GraphProto graph() {
    Set<String> reserved = new HashSet<>(answer.outputs());
    reserved.add(INPUT);
    String name = module.definition().replaceFirst(".*[.$]", "");
    GraphDraft graph = new GraphDraft(name, reserved, seed);
    Value examples = graph.input(INPUT, module.inputShape(), "a batch of examples");
    Value inputs =
        module.standardisation().map(by -> standardised(graph, examples, by)).orElse(examples);
    answer.add(graph, module.network(), inputs, temperature(graph));
    return graph.build();
  }

  /** Adds the temperature of the logits, unless it was fitted to another estimate. */
  private Optional<Value> temperature(GraphDraft graph) {
    boolean asCalibrated = !(answer instanceof PointAnswer) || !isSampled();
    return module
        .calibration()
        .flatMap(Calibration::ofClasses)
        .filter(calibration -> asCalibrated)
        .map(calibration -> graph.tensor("temperature", value(calibration.temperature())));
  }

  private static float[] value(Temperature temperature) {
    return new float[] {(float) temperature.value()};
  }

  private boolean isSampled() {
    return !module.network().sampledPosteriors().isEmpty();
  }

  /** Adds what {@link Standardisation} does to examples: {@code (x - mean) / deviation}. */
  private Value standardised(GraphDraft graph, Value examples, Standardisation by) {
    Value mean = perChannel(graph, "input.mean", by.means());
    Value deviation = perChannel(graph, "input.deviation", by.deviations());
    Value centred = graph.node("input.centred", "Sub", List.of(examples, mean));
    return graph.node("input.standardised", "Div", List.of(centred, deviation));
  }

  /** Lays out one number a channel so that it meets each of the channel's values. */
  private Value perChannel(GraphDraft graph, String name, List<Float> numbers) {
    boolean isImage = module.inputShape() instanceof Shape.Image;
    int count = isImage ? numbers.size() : module.inputShape().size();
    int each = count / numbers.size();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = numbers.get(i / each);
    }
    return isImage
        ? graph.tensor(name, values, 1, count, 1, 1)
        : graph.tensor(name, values, 1, count);
  }
}
