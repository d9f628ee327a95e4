package io.github.posteriori;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.JsonMetadata;
import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.ShippedClasses;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a module has learnt beside its weights, in a checkpoint's metadata, each part as JSON. */
final class LearntMetadata {
  private static final String PROVENANCE_KEY = "provenance";
  private static final String CLASS_NAMES_KEY = "class_names";
  private static final String LIKELIHOOD_KEY = "likelihood";
  private static final String NOTE_PREFIX = "note.";
  private static final String STANDARDISATION_KEY = "standardisation";
  private static final String SELECTIVE_RISK_KEY = "selective_risk";
  private static final String CALIBRATION_KEY = "calibration";

  private LearntMetadata() {}

  /** Adds each component that is there. */
  static void write(Learnt learnt, Map<String, String> metadata) {
    learnt
        .provenance()
        .ifPresent(record -> metadata.put(PROVENANCE_KEY, JsonMetadata.write(record)));
    learnt
        .classNames()
        .ifPresent(known -> metadata.put(CLASS_NAMES_KEY, JsonMetadata.write(known.names())));
    if (learnt.explainsNumbers()) {
      metadata.put(LIKELIHOOD_KEY, JsonMetadata.write(learnt.likelihood().learned()));
    }
    learnt.notes().forEach((name, text) -> metadata.put(NOTE_PREFIX + name, text));
    learnt
        .standardisation()
        .ifPresent(by -> metadata.put(STANDARDISATION_KEY, JsonMetadata.write(by)));
    learnt
        .selectiveRisk()
        .ifPresent(risk -> metadata.put(SELECTIVE_RISK_KEY, JsonMetadata.write(risk)));
    learnt.calibration().ifPresent(by -> metadata.put(CALIBRATION_KEY, JsonMetadata.write(by)));
  }

  /**
   * Reads what {@link #write} wrote.
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
   * Checks that what was read fits a module, and names the classes of a shipped set if the file, of
   * version 0.1, did not.
   *
   * @param outputs number of outputs of the module
   * @throws CheckpointException when the number of classes is another
   */
  static Learnt fitted(Learnt learnt, Path file, int outputs) {
    if (learnt.classNames().isEmpty()) {
      return learnt
          .provenance()
          .map(Provenance::dataset)
          .flatMap(ShippedClasses::of)
          .filter(names -> names.size() == outputs)
          .map(names -> learnt.with(new ClassNames(names)))
          .orElse(learnt);
    }
    int found = learnt.classNames().get().names().size();
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
    return learnt;
  }
}
