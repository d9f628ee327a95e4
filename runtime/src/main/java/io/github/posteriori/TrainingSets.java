package io.github.posteriori;

import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.TargetKind;
import java.util.Optional;

/**
 * The sets of a training as a module takes them, and what is learned of their targets before the
 * first step.
 *
 * @param train with the classes numbered as the module does
 * @param valid likewise; empty for a training without validation
 * @param likelihood with the scale or the balance of the targets
 * @param classNames by label; empty where no classes are predicted
 */
record TrainingSets(
    Dataset train,
    Optional<Dataset> valid,
    Likelihood likelihood,
    Optional<ClassNames> classNames) {

  /**
   * Prepares the sets for a module.
   *
   * @param resumes whether an earlier training of the module is resumed
   * @throws IllegalArgumentException when a set is empty or its images, classes or labels do not
   *     fit the module, or when the two share examples
   */
  static TrainingSets of(
      BayesModule module,
      TrainingOptions options,
      boolean resumes,
      Dataset train,
      Optional<Dataset> valid) {
    CheckedDataset.requireImages(train, module.inputShape());
    boolean ofClasses = options.likelihood().kind() == TargetKind.CLASSES;
    Dataset learnt =
        checked(ofClasses ? asKnown(train, module, resumes) : train, module, options.likelihood());
    Likelihood likelihood = fitted(learnt, module, options).smoothed(options.labelSmoothing());
    Optional<ClassNames> names = ofClasses ? Optional.of(ClassNames.of(learnt)) : Optional.empty();
    valid.ifPresent(set -> CheckedDataset.requireImages(set, module.inputShape()));
    Optional<Dataset> validated =
        valid
            .map(set -> names.map(known -> set.matching(known.names())).orElse(set))
            .map(set -> checked(set, module, likelihood));
    valid.ifPresent(set -> CheckedDataset.requireHeldOut(set, train));
    return new TrainingSets(learnt, validated, likelihood, names);
  }

  /**
   * Numbers the classes as the module does, if it was trained on them before. Other classes are a
   * new task, unless an earlier training is resumed.
   */
  private static Dataset asKnown(Dataset train, BayesModule module, boolean resumes) {
    boolean known =
        resumes
            || module
                .learnt()
                .classNames()
                .filter(names -> names.containAll(ClassNames.of(train)))
                .isPresent();
    return known ? train.matching(module.classNames()) : train;
  }

  private static Dataset checked(Dataset set, BayesModule module, Likelihood likelihood) {
    return CheckedDataset.labelled(set, module.inputShape(), likelihood, module.classes());
  }

  /**
   * Returns the likelihood with the scale of the targets: that of the set or, if the module was
   * trained on the same targets before, the one it has.
   */
  private static Likelihood fitted(Dataset train, BayesModule module, TrainingOptions options) {
    Likelihood likelihood = options.likelihood();
    if (options.balance()) {
      return likelihood.balanced(train);
    }
    boolean known =
        !train.targetNames().isEmpty()
            && module.likelihood().name().equals(likelihood.name())
            && module.likelihood().targetNames().equals(train.targetNames());
    return known ? module.likelihood() : likelihood.learn(train);
  }
}
