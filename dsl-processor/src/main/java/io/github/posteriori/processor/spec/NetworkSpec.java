package io.github.posteriori.processor.spec;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.processor.report.Place;
import java.util.List;
import java.util.Optional;

/**
 * An annotated class as the user wrote it, before inference and checks.
 *
 * @param id the name of the class
 * @param binaryName the binary name, as {@link Class#getName}
 * @param isPublic whether the class is accessible from every package
 * @param input the input
 * @param estimator of Bayesian layers whose field states none
 * @param activation meant by {@link Activation#MODEL}
 * @param prior of Bayesian layers whose field states none, if the class states one
 * @param layers in the order of the fields
 * @param nested whether a field of this compilation nests it as a block
 * @param place the class
 */
public record NetworkSpec(
    ClassId id,
    String binaryName,
    boolean isPublic,
    InputSpec input,
    Stated<Estimator> estimator,
    Stated<Activation> activation,
    Optional<PriorSpec> prior,
    List<LayerSpec> layers,
    boolean nested,
    Place place) {

  /**
   * Returns whether the network is meant as a block: it is one, or it takes images of every size.
   */
  public boolean isBlock() {
    return nested || input.isOpenImage();
  }

  /** The class as users write it, such as {@code Outer.Net}. */
  public String name() {
    return id.name();
  }
}
