package io.github.posteriori.likelihood;

import io.github.posteriori.data.Targets;
import java.util.List;

/** Collects, batch by batch, how well a set is predicted by an average over posterior samples. */
public interface Assessment {

  /**
   * Takes in a batch.
   *
   * @param logits of each posterior sample, {@code [count, outputs]} row-major
   */
  void add(Targets targets, List<float[]> logits);

  /** Mean negative log-likelihood of an example so far, in nats. */
  double nll();

  /** The score of all examples so far. */
  Score score();
}
