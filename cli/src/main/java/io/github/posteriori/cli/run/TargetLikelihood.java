package io.github.posteriori.cli.run;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.TargetReading;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.TargetKind;
import java.util.Optional;

/** Chooses the likelihood that explains a set's targets, where the user does not state one. */
public final class TargetLikelihood {
  private TargetLikelihood() {}

  /**
   * Returns how targets are read, so that a likelihood can explain them.
   *
   * @param stated name of the likelihood, if the user states one
   */
  public static TargetReading reading(Optional<String> stated) {
    return stated
        .map(Likelihood::parse)
        .map(TargetLikelihood::reading)
        .orElse(TargetReading.BY_CONTENT);
  }

  /** Returns how the targets are read that a likelihood explains. */
  public static TargetReading reading(Likelihood likelihood) {
    return likelihood.kind() == TargetKind.CLASSES ? TargetReading.CLASSES : TargetReading.NUMBERS;
  }

  /**
   * Returns the likelihood that a network is made for: of classes the categorical one, of numbers
   * the Gaussian one whose noise depends on the input, unless the user states another.
   */
  public static Likelihood of(Optional<String> stated, Dataset set) {
    return stated
        .map(Likelihood::parse)
        .orElseGet(
            () ->
                set.targetNames().isEmpty()
                    ? Likelihood.categorical()
                    : Likelihood.heteroscedastic());
  }

  /**
   * Returns the likelihood of a network that is there: as {@link #of(Optional, Dataset)}, but with
   * noise that does not depend on the input where the network has one output for each number.
   */
  static Likelihood of(Optional<String> stated, Dataset set, int outputs) {
    Likelihood likelihood = of(stated, set);
    boolean oneEach = stated.isEmpty() && outputs == set.targetNames().size();
    return oneEach ? Likelihood.gaussian() : likelihood;
  }
}
