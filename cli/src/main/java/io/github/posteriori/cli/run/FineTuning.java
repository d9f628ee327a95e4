package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.DeepEnsemble;
import io.github.posteriori.Predictor;
import io.github.posteriori.Provenance;
import io.github.posteriori.Pruner;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Split;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * A training in which a network is pruned and what is left of it learns on.
 *
 * @param epochs passes over the training images, at least 1
 * @param settings of the recipe
 */
public record FineTuning(int epochs, Recipe.Settings settings) {
  /**
   * Prunes and trains a network; of an ensemble each member. Beta is that of its first training.
   *
   * @param keep share of the weights that is left; 1 to prune none
   * @param watcher looks on
   */
  public void run(BayesModule module, double keep, Split split, TrainingListener watcher) {
    Predictor predictor = module.predictor();
    for (BayesModule member : members(module)) {
      String beta = member.provenance().map(Provenance::beta).orElse(settings.learning().beta());
      TrainingOptions options =
          TrainingOptions.defaults()
              .withEpochs(epochs)
              .withBatch(settings.batch())
              .withOptimiser(settings.learning().rule())
              .withLearningRate(settings.learning().lr())
              .withBeta(Beta.parse(beta))
              .withAugmentation(settings.augmentation())
              .withLikelihood(member.likelihood());
      Trainer trainer = Trainer.of(member, options);
      if (keep < 1) {
        trainer.listen(Pruner.gradually(member, keep, epochs));
      }
      trainer.listen(watcher).fit(split.train(), split.valid());
    }
    module.predictor(predictor);
  }

  private static List<BayesModule> members(BayesModule module) {
    List<BayesModule> members = new ArrayList<>(List.of(module));
    if (module.predictor() instanceof DeepEnsemble ensemble) {
      members.addAll(ensemble.others());
    }
    module.predictor(Predictor.posterior());
    return members;
  }
}
