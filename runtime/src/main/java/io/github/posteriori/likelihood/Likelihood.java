package io.github.posteriori.likelihood;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * The likelihood p(y | x, w): how a network's outputs give the probability of the targets. It
 * defines the loss and its gradient, the reported score, the validation, and what a prediction is.
 *
 * <p>A likelihood is a value. What it learns of the targets beside the weights, such as their
 * scale, is part of it: {@link #learn} returns another.
 */
public sealed interface Likelihood extends Serializable permits Categorical, NumericLikelihood {

  /** Returns the likelihood of classes by softmax over the logits. */
  static Likelihood categorical() {
    return new Categorical(List.of(), 0);
  }

  /**
   * Returns the Gaussian likelihood of numbers, one output for each. The variance of the noise is
   * learned, one for each target. Targets are standardised by the mean and the deviation of the
   * training set; losses and predictions are in the targets' own units.
   */
  static Likelihood gaussian() {
    return new Gaussian(TargetScale.UNKNOWN, List.of());
  }

  /**
   * Returns the Gaussian likelihood of numbers whose noise depends on the input: of K targets, the
   * first K outputs are means, the last K scales, which softplus turns into standard deviations.
   * Targets are standardised as by {@link #gaussian}.
   */
  static Likelihood heteroscedastic() {
    return new HeteroscedasticGaussian(TargetScale.UNKNOWN);
  }

  /**
   * Returns the Poisson likelihood of counts, one output for each: the logarithm of its rate as a
   * multiple of the mean count of the training set.
   */
  static Likelihood poisson() {
    return new Poisson(TargetScale.UNKNOWN);
  }

  /** Returns the Bernoulli likelihood of several labels at once, one logit for each. */
  static Likelihood bernoulli() {
    return new Bernoulli(TargetScale.UNKNOWN, false);
  }

  /**
   * Returns the likelihood of this name, which has learned nothing yet: {@code categorical}, {@code
   * gaussian}, {@code heteroscedastic}, {@code poisson} or {@code bernoulli}.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  static Likelihood parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case Categorical.NAME -> categorical();
      case Gaussian.NAME -> gaussian();
      case HeteroscedasticGaussian.NAME -> heteroscedastic();
      case Poisson.NAME -> poisson();
      case Bernoulli.NAME -> bernoulli();
      default ->
          throw new IllegalArgumentException(
              "the likelihood is '"
                  + name
                  + "', expected categorical, gaussian, heteroscedastic, poisson or bernoulli");
    };
  }

  /**
   * The name of a likelihood and what it has learned of its targets, as checkpoints keep it.
   *
   * @param name as {@link #parse} takes it
   * @param targets the names of the targets
   * @param means of the targets
   * @param deviations standard deviations of the targets
   * @param variances of the noise, in squares of {@code deviations}; empty where there are none
   */
  record Learned(
      String name,
      List<String> targets,
      List<Double> means,
      List<Double> deviations,
      List<Double> variances) {}

  /**
   * Returns the likelihood that has learned this.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Likelihood of(Learned learned) {
    TargetScale scale = new TargetScale(learned.targets(), learned.means(), learned.deviations());
    return switch (learned.name()) {
      case Gaussian.NAME -> new Gaussian(scale, learned.variances());
      case HeteroscedasticGaussian.NAME -> new HeteroscedasticGaussian(scale);
      case Poisson.NAME -> new Poisson(scale);
      case Bernoulli.NAME -> new Bernoulli(scale, false);
      default -> parse(learned.name());
    };
  }

  /** Returns the name and what has been learned of the targets. */
  Learned learned();

  /** The name, as {@link #parse} takes it. */
  String name();

  /** What this likelihood explains. */
  TargetKind kind();

  /**
   * The names of the numbers or labels it explains, once they are known; empty where targets are
   * classes.
   */
  List<String> targetNames();

  /** Returns the number of outputs that a network for the targets of {@code dataset} has. */
  int outputs(Dataset dataset);

  /**
   * Returns this likelihood with the names and the scale of a training set's targets, unless it
   * knows them already.
   */
  Likelihood learn(Dataset train);

  /**
   * Returns whether targets may be mixed of two examples: labels may, numbers not, as mixing would
   * hide their noise.
   */
  boolean takesMixed();

  /**
   * Returns the predictive distribution of a number, in its own units; of a label it is that of 0
   * and 1.
   *
   * @param logits the outputs of each of S samples, {@code [count, outputs]} row-major
   * @param row start of the observation's outputs
   * @param target which of the numbers
   * @param outputs number of outputs of the network
   * @throws IllegalStateException when targets are classes
   */
  ValueDistribution distribution(float[][] logits, int row, int target, int outputs);

  /** The number of means over a batch from which {@link #learn(double[], double)} learns. */
  default int statistics(int outputs) {
    return 0;
  }

  /** Returns what one observation adds to these means, given the outputs before a step. */
  default double[] observe(float[][] logits, int row, Target target) {
    return new double[0];
  }

  /**
   * Returns what this likelihood becomes by a training step.
   *
   * @param means the means over the batch
   * @param share the share of the batch in the training set, from 0 to 1
   */
  default Likelihood learn(double[] means, double share) {
    return this;
  }

  /**
   * Returns this likelihood with a weight for each observation, inversely proportional to the
   * frequency of its class in a training set; of several labels at once with a weight for each of
   * its labels. Their mean over that set is 1, so that N times the mean loss keeps its scale beside
   * the KL divergence. Scores stay unweighted.
   *
   * @throws IllegalArgumentException when the set is empty, a label is no class, or targets are
   *     numbers
   */
  Likelihood balanced(Dataset train);

  /**
   * Returns this likelihood with a loss of smoothed labels: of K classes the one that is true has
   * the share {@code 1 - smoothing + smoothing / K}, each other {@code smoothing / K}. Scores and
   * validations stay those of the true labels.
   *
   * @param smoothing at least 0 and below 1
   * @throws IllegalArgumentException when targets are not classes, and {@code smoothing} not 0
   */
  default Likelihood smoothed(double smoothing) {
    if (smoothing == 0) {
      return this;
    }
    throw new IllegalArgumentException(
        "the label smoothing is %s, but the %s likelihood has no classes whose labels could be smoothed: leave it out"
            .formatted(smoothing, name()));
  }

  /**
   * Returns this likelihood with the weight 1 for all observations and labels that are not
   * smoothed, as predictions have it.
   */
  default Likelihood unweighted() {
    return this;
  }

  /**
   * Checks that all targets of a set fit this likelihood with {@code outputs} outputs.
   *
   * @throws IllegalArgumentException if one does not; it says which
   */
  void requireFit(Dataset dataset, int outputs);

  /**
   * Checks that some targets fit this likelihood with {@code outputs} outputs.
   *
   * @param example names the example of a position for the message
   * @throws IllegalArgumentException if one does not; it says which
   */
  void requireFit(Targets targets, int outputs, IntFunction<String> example);

  /**
   * Computes the negative log-likelihood of one observation, averaged over posterior samples inside
   * the logarithm and multiplied by its weight, and its gradient. That of mixed classes is the sum
   * of both, each multiplied by its share.
   *
   * @param logits the logits of each of S samples, {@code [count, outputs]} row-major
   * @param row start of the observation's logits
   * @param target the observation
   * @param scale factor of the gradient
   * @param gradients with respect to the logits; only the observation's row is written
   * @return {@code -w(y) ln (1/S sum_s p_s(y))} in nats, where w is 1 unless classes are balanced;
   *     of several labels the weights are part of {@code ln p_s(y)}
   * @throws IllegalArgumentException if the target does not fit the outputs
   */
  double negativeLogLikelihood(
      float[][] logits, int row, Target target, double scale, float[][] gradients);

  /**
   * Computes the Fisher information that an observation has of its outputs: the mean of g g' over
   * the targets that they predict, g the derivative of {@code ln p(y)} by the outputs. Of classes
   * {@code diag(p) - p p'}. It is the part of the Hessian that a generalised Gauss-Newton matrix
   * keeps (Martens 2020, "New insights and perspectives on the natural gradient method").
   *
   * @param outputs of one sample, {@code [count, width]} row-major
   * @param row start of the observation's outputs
   * @param width number of outputs of the network
   * @return {@code [width, width]} row-major
   */
  double[] information(float[] outputs, int row, int width);

  /**
   * Returns the likelihood by which an ensemble predicts whose members learned {@code members},
   * this one among them: noise that each learned for itself becomes the mean of their variances v.
   * With the members' means m, the variance of a prediction is then that of the mixture of all
   * members, mean v + var m (Lakshminarayanan et al. 2017, section 2.4).
   */
  default Likelihood pooled(List<Likelihood> members) {
    return this;
  }

  /**
   * Returns the contribution of one observation to the score; of mixed targets that of each by its
   * share.
   */
  double score(float[][] logits, int row, Target target);

  /** Returns the score of observations whose contributions add up to {@code sum}. */
  Score score(double sum, int observations);

  /**
   * Begins a validation of a network with {@code outputs} outputs and {@code samples} posterior
   * samples.
   */
  Assessment assess(int outputs, int samples);

  /**
   * One observation of a batch.
   *
   * @param targets the targets of the batch
   * @param index position of the observation in the batch
   * @param outputs number of outputs of the network
   */
  record Target(Targets targets, int index, int outputs) {

    /** Returns the observation at the same position of other targets. */
    Target of(Targets others) {
      return new Target(others, index, outputs);
    }
  }
}
