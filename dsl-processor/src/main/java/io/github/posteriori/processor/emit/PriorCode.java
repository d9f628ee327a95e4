package io.github.posteriori.processor.emit;

import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.processor.spec.BayesSpec;
import io.github.posteriori.processor.spec.PriorSpec;
import java.util.Optional;

/** Writes priors and estimators as expressions. */
final class PriorCode {
  private PriorCode() {}

  static CodeBlock of(PriorSpec prior) {
    CodeBlock gaussian =
        CodeBlock.of(
            "new $T($L, $L, $L, $L, $L, $L)",
            RuntimeTypes.PRIORS,
            number(prior.mu().value()),
            deviation(prior.sigma().value()),
            number(prior.muMean().value()),
            deviation(prior.muStd().value()),
            number(prior.rhoMean().value()),
            number(prior.rhoStd().value()));
    return prior.isMixture()
        ? CodeBlock.of(
            "$L.withMixture($L, $L, $L)",
            gaussian,
            number(prior.share().value()),
            deviation(prior.sigma().value()),
            number(prior.sigma2().value()))
        : gaussian;
  }

  private static CodeBlock deviation(double value) {
    return value == Prior.HE
        ? CodeBlock.of("$T.HE", Prior.class)
        : CodeBlock.of("$L", number(value));
  }

  /** Returns what the field of a layer states; empty if it leaves everything to the class. */
  static Optional<CodeBlock> stated(BayesSpec bayes) {
    if (!bayes.estimator().explicit() && bayes.prior().isEmpty()) {
      return Optional.empty();
    }
    CodeBlock.Builder code = CodeBlock.builder().add("$T.unstated()", RuntimeTypes.VARIATIONAL);
    if (bayes.estimator().explicit()) {
      code.add(".estimator($T.$L)", Estimator.class, bayes.estimator().value());
    }
    bayes.prior().ifPresent(prior -> code.add(".priors($L)", of(prior)));
    return Optional.of(code.build());
  }

  /** Returns a finite number without superfluous digits: 5 rather than 5.0. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Integer.toString((int) value)
        : Double.toString(value);
  }
}
