package io.github.posteriori;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.checkpoint.Architecture;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.JsonMetadata;
import io.github.posteriori.checkpoint.ModuleTensors;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.engine.Engines;
import io.github.posteriori.likelihood.Likelihood;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A module in a safetensors file: its tensors under the names of {@link ModuleTensors}, and in the
 * metadata, as JSON, its architecture and options and what it has learnt beside its weights; those
 * of its predictor stand beside them.
 */
public final class Checkpoint {
  private static final String VERSION = "1";

  /** Of a module that a program which knows only 1 would run with other answers. */
  private static final String LEARNT_VERSION = "2";

  private static final String VERSION_KEY = "posteriori";
  private static final String ARCHITECTURE_KEY = "architecture";
  private static final String OPTIONS_KEY = "options";

  /** The largest height or width accepted of a network with fewer weights than that. */
  private static final long PLAUSIBLE_SIZE = 4096;

  private final Path file;
  private final Architecture architecture;
  private final ModuleOptions options;
  private final Learnt learnt;
  private final Optional<SavedPredictor> predictor;
  private final Map<String, Tensor> tensors;

  private Checkpoint(
      Path file,
      Architecture architecture,
      ModuleOptions options,
      Learnt learnt,
      Optional<SavedPredictor> predictor,
      Map<String, Tensor> tensors) {
    this.file = file;
    this.architecture = architecture;
    this.options = options;
    this.learnt = learnt;
    this.predictor = predictor;
    this.tensors = tensors;
  }

  /** Creates a module with new weights; the generated {@code create} is one. */
  @FunctionalInterface
  public interface Factory<M extends BayesModule> {
    /** Creates a module with these free dimensions, in the order of the definition. */
    M create(int[] free, ModuleOptions options);
  }

  /** The binary name of the annotated class whose module the file holds. */
  public String definition() {
    return architecture.definition();
  }

  /** The options of the saved module. */
  public ModuleOptions options() {
    return options;
  }

  /** The record of how the weights were trained; empty if they were not. */
  public Optional<Provenance> provenance() {
    return learnt.provenance();
  }

  /** Returns the text of this name that a program keeps with the module, if there is one. */
  public Optional<String> note(String name) {
    return Optional.ofNullable(learnt.notes().get(name));
  }

  /**
   * Keeps a text with a module, such as the source of its definition, under a name that the program
   * chooses; checkpoints store it, and a module that is loaded from one has it again.
   */
  public static void note(BayesModule module, String name, String text) {
    module.learn(known -> known.withNote(name, text));
  }

  /** Returns the text of this name that a program keeps with a module, if there is one. */
  public static Optional<String> note(BayesModule module, String name) {
    return Optional.ofNullable(module.learnt().notes().get(name));
  }

  /** The word for how the module predicts, such as {@code vi} or {@code ensemble}. */
  public String method() {
    return predictor.map(SavedPredictor::method).orElse(Predictor.posterior().method());
  }

  /** The standardisation of the module's examples; empty if it takes them as they are. */
  public Optional<Standardisation> standardisation() {
    return learnt.standardisation();
  }

  /** The likelihood that the module was trained with. */
  public Likelihood likelihood() {
    return learnt.likelihood();
  }

  /** What held-out examples promise of the module's predictions, if it was calibrated. */
  public Optional<Calibration> calibration() {
    return learnt.calibration();
  }

  Path file() {
    return file;
  }

  /** The tensors of the module by their names, without those of its predictor. */
  Map<String, Tensor> tensors() {
    return predictor.isPresent() ? SavedPredictor.ofModule(tensors) : tensors;
  }

  /**
   * Writes a module; an existing file is replaced atomically.
   *
   * @throws CheckpointException when the file cannot be written
   */
  public static void write(BayesModule module, Path file) {
    Objects.requireNonNull(file, "file is null, expected the path of the file to write");
    Map<String, String> metadata = new LinkedHashMap<>();
    Optional<SavedPredictor> predictor = SavedPredictor.of(module);
    Map<String, Tensor> tensors = SavedPredictor.tensors(module);
    metadata.put(
        VERSION_KEY,
        changesAnswers(module.learnt(), predictor, tensors) ? LEARNT_VERSION : VERSION);
    metadata.put(ARCHITECTURE_KEY, JsonMetadata.write(architecture(module)));
    metadata.put(OPTIONS_KEY, JsonMetadata.write(module.options().withEngine(Engines.AUTO)));
    LearntMetadata.write(module.learnt(), metadata);
    predictor.ifPresent(saved -> saved.addTo(metadata));
    new Safetensors(metadata, tensors).write(file);
  }

  /** Returns whether a program that knows only {@link #VERSION} would give other answers. */
  private static boolean changesAnswers(
      Learnt learnt, Optional<SavedPredictor> predictor, Map<String, Tensor> tensors) {
    return learnt.changesAnswers()
        || predictor.isPresent()
        || tensors.values().stream().anyMatch(tensor -> tensor.mask().isPresent());
  }

  /**
   * Returns whether a safetensors file holds a module; those of other programs hold tensors alone.
   *
   * @throws CheckpointException when the file cannot be read, or is damaged
   */
  public static boolean isOne(Path file) {
    return Safetensors.read(file).metadata().containsKey(VERSION_KEY);
  }

  /**
   * Reads a file without creating its module.
   *
   * @throws CheckpointException when the file cannot be read, is damaged, or was not written by
   *     this library
   */
  public static Checkpoint read(Path file) {
    Objects.requireNonNull(file, "file is null, expected the path of a checkpoint");
    Safetensors content = Safetensors.read(file);
    Map<String, String> metadata = content.metadata();
    if (!metadata.containsKey(VERSION_KEY)) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " holds tensors that another program wrote, expected a network of Posteriori: make"
              + " one of it with convert");
    }
    if (!List.of(VERSION, LEARNT_VERSION).contains(metadata.get(VERSION_KEY))) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " has the format version "
              + metadata.get(VERSION_KEY)
              + ", expected "
              + VERSION
              + " or "
              + LEARNT_VERSION
              + ": it was not written by this version of Posteriori");
    }
    Learnt learnt = LearntMetadata.read(file, metadata);
    Optional<SavedPredictor> predictor = SavedPredictor.read(file, metadata);
    if (metadata.get(VERSION_KEY).equals(LEARNT_VERSION)
        && !changesAnswers(learnt, predictor, content.tensors())) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " has the format version "
              + LEARNT_VERSION
              + ", but lacks what that is for, such as a standardisation: it is damaged; copy or"
              + " write it again");
    }
    return new Checkpoint(
        file,
        JsonMetadata.read(file, metadata, ARCHITECTURE_KEY, Architecture.class)
            .withPresentDefinition(),
        JsonMetadata.read(file, metadata, OPTIONS_KEY, ModuleOptions.class),
        learnt,
        predictor,
        content.tensors());
  }

  /**
   * Reads a module with the options it was saved with; see {@link #load(Path, String,
   * ModuleOptions, Factory)}.
   */
  public static <M extends BayesModule> M load(Path file, String definition, Factory<M> factory) {
    Checkpoint content = read(file);
    return content.load(definition, content.options, factory);
  }

  /**
   * Reads a module. Seed and engine are taken from {@code options}, as are estimator and priors if
   * it states them; an activation that differs from the saved one is refused. Under another
   * estimator the module has no {@link BayesModule#calibration}, which is that of predictions by
   * the saved one.
   *
   * @throws CheckpointException when the file is damaged or holds another network
   */
  public static <M extends BayesModule> M load(
      Path file, String definition, ModuleOptions options, Factory<M> factory) {
    return read(file).load(definition, options, factory);
  }

  /** Creates the module in this file; what {@code overrides} states takes precedence. */
  public <M extends BayesModule> M load(
      String definition, ModuleOptions overrides, Factory<M> factory) {
    Objects.requireNonNull(
        overrides, "options is null, expected ModuleOptions.defaults() or what is made from it");
    if (!architecture.definition().equals(definition)) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " holds a "
              + architecture.definition()
              + ", expected a "
              + definition
              + ": load it with the class it was saved from");
    }
    ModuleOptions merged =
        new ModuleOptions(
            overrides.seed(),
            overrides.estimator().or(options::estimator),
            overrides.activation().or(options::activation),
            overrides.priors().or(options::priors),
            overrides.engine());
    M module = create(merged, factory);
    Architecture expected = architecture(module);
    requireSame(
        "free dimension",
        List.copyOf(architecture.free().keySet()),
        List.copyOf(expected.free().keySet()));
    requireSame("layer", architecture.layers(), expected.layers());
    if (overrides.estimator().isEmpty()) {
      requireSame("estimator", architecture.estimators(), expected.estimators());
    }
    if (overrides.priors().isEmpty()) {
      requireSame("prior", architecture.priors(), expected.priors());
    }
    ModuleTensors.fill(module.network(), tensors(), file);
    // What was promised, was promised of predictions under the saved estimators.
    boolean asCalibrated = architecture.estimators().equals(expected.estimators());
    Learnt promised =
        learnt.calibration().isEmpty() || asCalibrated ? learnt : learnt.withoutMeasurements();
    Learnt fitting = LearntMetadata.fitted(promised, file, module.outputShape().size());
    try {
      module.learn(nothing -> fitting);
    } catch (IllegalArgumentException e) {
      throw CheckpointException.damaged(file, e);
    }
    predictor.ifPresent(
        saved -> {
          saved.restore(module, tensors, file, () -> create(merged, factory));
          // What was measured, was measured with this predictor.
          module.learn(known -> fitting);
        });
    return module;
  }

  private static Architecture architecture(BayesModule module) {
    return Architecture.of(module.definition(), module.freeDimensions(), module.network());
  }

  private void requireSame(String what, List<String> saved, List<String> wanted) {
    for (int i = 0; i < Math.max(saved.size(), wanted.size()); i++) {
      String found = i < saved.size() ? saved.get(i) : "nothing";
      String expected = i < wanted.size() ? wanted.get(i) : "nothing";
      if (!found.equals(expected)) {
        throw new CheckpointException(
            "the checkpoint "
                + file
                + " holds another network: its "
                + what
                + " "
                + (i + 1)
                + " is '"
                + found
                + "', expected '"
                + expected
                + "'; load it with the definition and options it was saved from");
      }
    }
  }

  private <M extends BayesModule> M create(ModuleOptions merged, Factory<M> factory) {
    long stored = tensors.values().stream().mapToLong(tensor -> tensor.values().length).sum();
    for (Map.Entry<String, Integer> free : architecture.free().entrySet()) {
      // Weights grow with each free dimension: a file that claims more than it holds would exhaust
      // the memory.
      if (free.getValue() > Math.max(stored, PLAUSIBLE_SIZE)) {
        throw new CheckpointException(
            "the checkpoint "
                + file
                + " claims that "
                + free.getKey()
                + " is "
                + free.getValue()
                + ", but holds "
                + stored
                + " numbers: it is damaged; copy or write it again");
      }
    }
    int[] free = architecture.free().values().stream().mapToInt(Integer::intValue).toArray();
    try {
      return factory.create(free, merged);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " does not fit the network ("
              + e.getMessage()
              + "): load it with the definition it was saved from",
          e);
    }
  }
}
