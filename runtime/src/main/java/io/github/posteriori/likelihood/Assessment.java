package io.github.posteriori.likelihood;

import io.github.posteriori.data.Targets;
import java.util.List;

/** Measures, batch by batch, the predictions of a set, averaged over posterior samples. */
public interface Assessment {

  /**
   * Adds a batch.
   *
   * @param logits the logits of each posterior sample, {@code [count, outputs]} row-major
   */
  void add(Targets targets, List<float[]> logits);

  /**
   * The mean loss of the examples so far, in nats: the negative log-likelihood, each example by its
   * weight.
   */
  double loss();

  /** The mean negative log-likelihood of the examples so far, in nats. */
  double nll();

  /** The score of the examples so far. */
  Score score();
}
