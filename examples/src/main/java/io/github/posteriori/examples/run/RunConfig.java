package io.github.posteriori.examples.run;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.train.Beta;
import java.util.Optional;

/**
 * Everything that decides a training run, as {@code config.json} keeps it.
 *
 * @param net name of the network
 * @param kind bayesian or frequentist
 * @param dataset name of the data set
 * @param recipe where unstated settings came from
 * @param estimator of Bayesian layers
 * @param activation of {@code MODEL} layers, or empty for what the definition says
 * @param priors of Bayesian layers
 * @param epochs passes over the training split
 * @param batch images of a step
 * @param lr learning rate of the first step
 * @param beta weight of the KL divergence, or a schedule's name
 * @param trainEns posterior samples of a training step
 * @param validEns posterior samples of a validation
 * @param validSize share of the training images held out
 * @param rotation training images turn by up to so many degrees either way
 * @param flip whether half of the training images are mirrored left to right
 * @param seed of weights, split, order and noise
 * @param limit most images read of each part of the set, or 0 for all
 * @param engine that executes
 * @param threads it may use, or 0 for as many as there are cores
 */
public record RunConfig(
    String net,
    String kind,
    String dataset,
    String recipe,
    Estimator estimator,
    Optional<Activation> activation,
    Priors priors,
    int epochs,
    int batch,
    double lr,
    String beta,
    int trainEns,
    int validEns,
    double validSize,
    double rotation,
    boolean flip,
    long seed,
    int limit,
    String engine,
    int threads) {

  /** The part that concerns the trainer. */
  public TrainingOptions training() {
    return TrainingOptions.defaults()
        .withEpochs(epochs)
        .withBatch(batch)
        .withLearningRate(lr)
        .withBeta(Beta.parse(beta))
        .withSamples(trainEns, validEns)
        .withAugmentation(new Augmentation(rotation, flip));
  }

  /** The part that concerns the module. */
  public ModuleOptions moduleOptions() {
    ModuleOptions options =
        ModuleOptions.defaults()
            .withSeed(seed)
            .withEngine(engine)
            .withEstimator(estimator)
            .withPriors(priors);
    return activation.map(options::withActivation).orElse(options);
  }
}
