package io.github.posteriori;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.JsonMetadata;
import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.ShippedClasses;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a module knows beside its weights, and a checkpoint keeps beside them. The components are
 * empty until training, a measurement or the program gives them.
 *
 * @param provenance the record of how the weights were trained
 * @param classNames the names of the classes, one for each output
 * @param likelihood of the targets, with their names and scale; the categorical one until training
 * @param standardisation applied to all examples before the first layer
 * @param selectiveRisk the risks measured on held-out examples with the present weights
 * @param calibration by held-out examples with the present weights
 * @param notes the texts that a program keeps with the module, by name
 */
record Learnt(
    Optional<Provenance> provenance,
    Optional<ClassNames> classNames,
    Likelihood likelihood,
    Optional<Standardisation> standardisation,
    Optional<SelectiveRisk> selectiveRisk,
    Optional<Calibration> calibration,
    Map<String, String> notes) {

  static final Learnt NOTHING =
      new Learnt(
          Optional.empty(),
          Optional.empty(),
          Likelihood.categorical(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  private static final String PROVENANCE_KEY = "provenance";
  private static final String CLASS_NAMES_KEY = "class_names";
  private static final String LIKELIHOOD_KEY = "likelihood";
  private static final String NOTE_PREFIX = "note.";
  private static final String STANDARDISATION_KEY = "standardisation";
  private static final String SELECTIVE_RISK_KEY = "selective_risk";
  private static final String CALIBRATION_KEY = "calibration";

  Learnt with(Provenance provenance) {
    return new Learnt(
        Optional.of(provenance),
        classNames,
        likelihood,
        standardisation,
        selectiveRisk,
        calibration,
        notes);
  }

  Learnt with(ClassNames classNames) {
    return new Learnt(
        provenance,
        Optional.of(classNames),
        likelihood,
        standardisation,
        selectiveRisk,
        calibration,
        notes);
  }

  Learnt with(Likelihood likelihood) {
    return new Learnt(
        provenance, classNames, likelihood, standardisation, selectiveRisk, calibration, notes);
  }

  Learnt with(Standardisation standardisation) {
    return new Learnt(
        provenance,
        classNames,
        likelihood,
        Optional.of(standardisation),
        selectiveRisk,
        calibration,
        notes);
  }

  Learnt with(SelectiveRisk selectiveRisk) {
    return new Learnt(
        provenance,
        classNames,
        likelihood,
        standardisation,
        Optional.of(selectiveRisk),
        calibration,
        notes);
  }

  Learnt with(Calibration calibration) {
    return new Learnt(
        provenance,
        classNames,
        likelihood,
        standardisation,
        selectiveRisk,
        Optional.of(calibration),
        notes);
  }

  Learnt withNote(String name, String text) {
    Map<String, String> all = new TreeMap<>(notes);
    all.put(name, text);
    return new Learnt(
        provenance, classNames, likelihood, standardisation, selectiveRisk, calibration, all);
  }

  /** Returns what stays true when the weights change: all but what was measured of them. */
  Learnt withoutMeasurements() {
    return new Learnt(
        provenance,
        classNames,
        likelihood,
        standardisation,
        Optional.empty(),
        Optional.empty(),
        notes);
  }

  /**
   * Returns whether a module that ignores what it does not know of this would give other answers,
   * so that a program that knows less must refuse its checkpoint.
   */
  boolean changesAnswers() {
    return standardisation.isPresent() || calibration.isPresent() || explainsNumbers();
  }

  private boolean explainsNumbers() {
    return likelihood.kind() != TargetKind.CLASSES;
  }

  /** Adds each component that is there to a checkpoint's metadata, under its own key. */
  void addTo(Map<String, String> metadata) {
    provenance.ifPresent(record -> metadata.put(PROVENANCE_KEY, JsonMetadata.write(record)));
    classNames.ifPresent(known -> metadata.put(CLASS_NAMES_KEY, JsonMetadata.write(known.names())));
    if (explainsNumbers()) {
      metadata.put(LIKELIHOOD_KEY, JsonMetadata.write(likelihood.learned()));
    }
    notes.forEach((name, text) -> metadata.put(NOTE_PREFIX + name, text));
    standardisation.ifPresent(by -> metadata.put(STANDARDISATION_KEY, JsonMetadata.write(by)));
    selectiveRisk.ifPresent(risk -> metadata.put(SELECTIVE_RISK_KEY, JsonMetadata.write(risk)));
    calibration.ifPresent(by -> metadata.put(CALIBRATION_KEY, JsonMetadata.write(by)));
  }

  /**
   * Reads what {@link #addTo} wrote.
   *
   * @throws CheckpointException when a component is damaged
   */
  static Learnt read(Path file, Map<String, String> metadata) {
    return new Learnt(
        optional(file, metadata, PROVENANCE_KEY, Provenance.class),
        optional(file, metadata, CLASS_NAMES_KEY, String[].class)
            .map(names -> classNames(file, names)),
        optional(file, metadata, LIKELIHOOD_KEY, Likelihood.Learned.class)
            .map(learned -> likelihood(file, learned))
            .orElseGet(Likelihood::categorical),
        optional(file, metadata, STANDARDISATION_KEY, Standardisation.class),
        optional(file, metadata, SELECTIVE_RISK_KEY, SelectiveRisk.class),
        optional(file, metadata, CALIBRATION_KEY, Calibration.class),
        notes(metadata));
  }

  private static <T> Optional<T> optional(
      Path file, Map<String, String> metadata, String key, Class<T> type) {
    return metadata.containsKey(key)
        ? Optional.of(JsonMetadata.read(file, metadata, key, type))
        : Optional.empty();
  }

  private static ClassNames classNames(Path file, String[] names) {
    try {
      return new ClassNames(Arrays.asList(names));
    } catch (IllegalArgumentException e) {
      throw CheckpointException.damaged(file, e);
    }
  }

  private static Likelihood likelihood(Path file, Likelihood.Learned learned) {
    try {
      return Likelihood.of(learned);
    } catch (IllegalArgumentException e) {
      throw CheckpointException.damaged(file, e);
    }
  }

  private static Map<String, String> notes(Map<String, String> metadata) {
    Map<String, String> notes = new TreeMap<>();
    metadata.forEach(
        (key, text) -> {
          if (key.startsWith(NOTE_PREFIX)) {
            notes.put(key.substring(NOTE_PREFIX.length()), text);
          }
        });
    return notes;
  }

  /**
   * Checks that this fits a module that takes and returns such examples, and names the classes of a
   * shipped set if the file, of version 0.1, did not.
   *
   * @param outputs number of outputs of the module
   * @throws CheckpointException when the number of classes is another
   */
  Learnt of(Path file, int outputs) {
    if (classNames.isEmpty()) {
      return provenance
          .map(Provenance::dataset)
          .flatMap(ShippedClasses::of)
          .filter(names -> names.size() == outputs)
          .map(names -> with(new ClassNames(names)))
          .orElse(this);
    }
    int found = classNames.get().names().size();
    if (found != outputs) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " is damaged: it names "
              + found
              + " classes, expected "
              + outputs
              + ", one for each output; copy or write it again");
    }
    return this;
  }
}
