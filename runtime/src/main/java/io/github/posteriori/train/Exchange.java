package io.github.posteriori.train;

import io.github.posteriori.names.Spelling;
import java.io.Serializable;
import java.util.List;

/**
 * What the shards of a training exchange, and how often. Whatever it is, the weights depend on the
 * number of shards and not on where these are computed.
 */
public sealed interface Exchange extends Serializable {

  /** Returns the exchange of gradients in each step, all numbers floats. */
  static Exchange gradients() {
    return new Gradients();
  }

  /** Returns the exchange of gradients in each step, half as many bytes. */
  static Exchange bfloat16() {
    return new Bfloat16();
  }

  /**
   * Returns the exchange of weights after some steps.
   *
   * @param steps that each shard takes on its own, at least 1
   */
  static Exchange local(int steps) {
    return new Local(steps);
  }

  /** Returns the merging of the posteriors of parts that are trained without any exchange. */
  static Exchange merge() {
    return new Merge();
  }

  /**
   * Returns the exchange of that name.
   *
   * @param text {@code gradients}, {@code bfloat16}, {@code local:K} with a number of steps, or
   *     {@code merge}
   * @throws IllegalArgumentException when {@code text} is none of these
   */
  static Exchange parse(String text) {
    if (text.matches("local:[1-9]\\d{0,8}")) {
      return local(Integer.parseInt(text.substring("local:".length())));
    }
    return switch (text) {
      case "gradients" -> gradients();
      case "bfloat16" -> bfloat16();
      case "merge" -> merge();
      default ->
          throw new IllegalArgumentException(
              "the exchange is '"
                  + text
                  + "', expected gradients, bfloat16, local:K with a number of steps such as"
                  + " local:16, or merge"
                  + Spelling.hint(text, List.of("gradients", "bfloat16", "local:16", "merge")));
    };
  }

  /** Whether shards change weights of their own between two exchanges. */
  default boolean isLocal() {
    return false;
  }

  /** The gradients of the shards are summed: the steps are those of whole batches. */
  record Gradients() implements Exchange {
    @Override
    public String toString() {
      return "gradients";
    }
  }

  /**
   * As {@link Gradients}, in numbers of 16 bits with the exponent of a float and 8 significant
   * bits. Shards are sent the difference of the weights to those that they have, so what rounding
   * left out of one is part of the next, and return gradients, which are rounded once and summed as
   * floats.
   *
   * <p>Source: error feedback after Seide et al. 2014, "1-bit stochastic gradient descent and its
   * application to data-parallel distributed training of speech DNNs".
   */
  record Bfloat16() implements Exchange {
    @Override
    public String toString() {
      return "bfloat16";
    }
  }

  /**
   * Local SGD: each shard takes so many steps of the optimiser on its parts of as many batches;
   * then weights and the state of the optimiser are averaged. A step of a shard stands for one of
   * the whole batch: its loss is {@code N * mean NLL + beta * KL} over its part. Epochs end with an
   * exchange.
   *
   * <p>Source: Stich 2019, "Local SGD converges fast and communicates little", arXiv 1805.09767.
   *
   * @param steps between two exchanges, at least 1
   */
  record Local(int steps) implements Exchange {
    public Local {
      if (steps < 1) {
        throw new IllegalArgumentException("local steps are " + steps + ", expected at least 1");
      }
    }

    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public String toString() {
      return "local:" + steps;
    }
  }

  /**
   * Each shard trains on examples of its own, which are the same in all epochs, from the same
   * initial weights; after each epoch the posteriors are merged, and the shards go on from their
   * own. With {@code q_i} the posterior of part i of k, for the prior p of the whole,
   *
   * <pre>  q proportional to  q_1 ... q_k / p^(k-1)</pre>
   *
   * <p>Source: Scott et al. 2016, "Bayes and big data: the consensus Monte Carlo algorithm", in the
   * form of Gaussians.
   */
  record Merge() implements Exchange {
    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public String toString() {
      return "merge";
    }
  }
}
