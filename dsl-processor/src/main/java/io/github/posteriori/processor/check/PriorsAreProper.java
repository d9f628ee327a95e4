package io.github.posteriori.processor.check;

import io.github.posteriori.annotations.Prior;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.BayesSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.PriorSpec;
import io.github.posteriori.processor.spec.Stated;

/** Checks that priors and initial posteriors are proper. */
final class PriorsAreProper implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.spec().prior().ifPresent(prior -> check(prior, reporter));
    network.forEach(
        LayerSpec.Affine.class,
        (layer, node) ->
            layer.bayes().flatMap(BayesSpec::prior).ifPresent(prior -> check(prior, reporter)));
  }

  private static void check(PriorSpec prior, Reporter reporter) {
    finite(prior.mu(), "mu", reporter);
    double sigma = prior.sigma().value();
    if (sigma != Prior.HE && !(sigma > 0 && Double.isFinite(sigma))) {
      reporter.report(prior.sigma().place(), Message.NOT_ABOVE_ZERO, "sigma", sigma);
    }
    if (prior.isMixture()) {
      mixture(prior, reporter);
    }
    finite(prior.muMean(), "muMean", reporter);
    if (prior.muStd().value() != Prior.HE) {
      deviation(prior.muStd(), "muStd", ", or Prior.HE", reporter);
    }
    finite(prior.rhoMean(), "rhoMean", reporter);
    deviation(prior.rhoStd(), "rhoStd", "", reporter);
  }

  private static void mixture(PriorSpec prior, Reporter reporter) {
    double share = prior.share().value();
    double sigma2 = prior.sigma2().value();
    boolean isShare = share > 0 && share < 1;
    if (!isShare || !(sigma2 > 0 && Double.isFinite(sigma2))) {
      reporter.report(
          (share == 1 || isShare && sigma2 != 0 ? prior.sigma2() : prior.share()).place(),
          Message.NO_MIXTURE,
          SpecialValue.text(share),
          SpecialValue.text(sigma2));
    }
  }

  private static void finite(Stated<Double> mean, String name, Reporter reporter) {
    if (!Double.isFinite(mean.value()) || mean.value() == Prior.HE) {
      reporter.report(mean.place(), Message.NOT_FINITE, name, SpecialValue.text(mean.value()));
    }
  }

  private static void deviation(Stated<Double> std, String name, String orMark, Reporter reporter) {
    if (!(std.value() >= 0 && Double.isFinite(std.value()))) {
      String found = SpecialValue.text(std.value());
      reporter.report(std.place(), Message.NEGATIVE_DEVIATION, name, found, orMark);
    }
  }
}
