package io.github.posteriori;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.calibration.Temperature;
import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.util.Locale;
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

  /** The sets that are promised of classes; empty if none are. */
  Optional<ConformalSets> conformalSets() {
    return calibration.flatMap(Calibration::ofClasses).map(Calibration.OfClasses::sets);
  }

  /** The temperature of the logits; empty if they have none. */
  Optional<Temperature> temperature() {
    return calibration.flatMap(Calibration::ofClasses).map(Calibration.OfClasses::temperature);
  }

  /**
   * Checks what the module predicts.
   *
   * @param definition of the module
   * @throws IllegalStateException when it is something else
   */
  void requireKind(TargetKind kind, String definition) {
    if (likelihood.kind() != kind) {
      throw new IllegalStateException(
          "the likelihood of %s is %s, expected one of %s: call %s, or train it with another"
              .formatted(
                  definition,
                  likelihood.name(),
                  kind.name().toLowerCase(Locale.ROOT),
                  likelihood.kind().method()));
    }
  }

  /**
   * Checks that all this can be known of a module.
   *
   * @param definition of the module
   * @param input that it takes
   * @throws IllegalArgumentException when the standardisation has another number of channels or
   *     features, or the calibration another number of intervals than there are targets
   */
  void requireFit(String definition, Shape input) {
    standardisation
        .filter(by -> !by.fits(input))
        .ifPresent(
            by -> {
              throw new IllegalArgumentException(
                  "the standardisation has "
                      + by.means().size()
                      + " channels, but "
                      + definition
                      + " takes "
                      + input
                      + ": learn one from a set of that shape");
            });
    calibration
        .filter(by -> !fits(by))
        .ifPresent(
            by -> {
              throw new IllegalArgumentException(
                  "the calibration is "
                      + by
                      + ", but the likelihood of "
                      + definition
                      + " is "
                      + likelihood.name()
                      + ", expected one that a Calibrator made of it: calibrate it again");
            });
  }

  private boolean fits(Calibration by) {
    return by.ofValues()
        .map(values -> values.intervals().size() == likelihood.targetNames().size())
        .orElse(likelihood.kind() == TargetKind.CLASSES);
  }

  /**
   * Returns whether a module that ignores what it does not know of this would give other answers,
   * so that a program that knows less must refuse its checkpoint.
   */
  boolean changesAnswers() {
    return standardisation.isPresent() || calibration.isPresent() || explainsNumbers();
  }

  /** Returns whether the targets are other ones than classes. */
  boolean explainsNumbers() {
    return likelihood.kind() != TargetKind.CLASSES;
  }
}
