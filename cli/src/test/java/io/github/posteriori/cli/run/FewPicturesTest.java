package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Digits;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import io.github.posteriori.train.Beta;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the default recipe makes of few pictures. */
class FewPicturesTest {
  private static final int PICTURES = 100;

  @Test
  void aHundredDigitsTeachMoreThanAHandfulOfStepsCould() {
    Definition net = ShippedNet.LENET.definition(Kind.BAYESIAN);
    Recipe.Settings settings =
        Recipe.DEFAULT.settings(
            net, ShippedSet.named("digits"), new Recipe.Examples(PICTURES, false));
    BayesModule module =
        net.create(
            Map.of("channels", 1, "classes", 10),
            ModuleOptions.defaults()
                .withEstimator(Estimator.BBB)
                .withActivation(settings.activation())
                .withPriors(settings.priors()));
    TrainingOptions options =
        TrainingOptions.defaults()
            .withEpochs(settings.epochs())
            .withBatch(settings.batch())
            .withLearningRate(settings.learning().lr())
            .withBeta(Beta.parse(settings.learning().beta()));
    Trainer.of(module, options).fit(Digits.digits(PICTURES, 1).split(0.1, 0).train());
    double accuracy = new Evaluator(module, 5, 256).evaluate(Digits.digits(500, 2)).accuracy();
    assertTrue(accuracy >= 0.6, "guessing gives 0.1, this " + accuracy);
  }
}
