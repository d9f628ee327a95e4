package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Optimiser;
import java.util.List;

/** How an optimiser changes numbers by their gradients. */
interface UpdateRule {

  /** The rule of an optimiser. */
  static UpdateRule of(Optimiser optimiser) {
    if (optimiser instanceof Optimiser.Adam adam) {
      return new AdamRule(adam);
    }
    return new SgdRule((Optimiser.Sgd) optimiser);
  }

  /** The names of the slots that {@link #update} is given, in their order. */
  List<String> slots();

  /** The factor of step {@code t}, from 1, that {@link #update} takes. */
  float rate(double learningRate, long t);

  /**
   * Changes {@code count} values.
   *
   * @param slots of the whole parameter; those of the first value are at {@code at}
   */
  void update(float[] values, float[] gradients, int count, float[][] slots, int at, float rate);
}
