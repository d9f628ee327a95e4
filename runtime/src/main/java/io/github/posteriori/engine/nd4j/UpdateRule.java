package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Optimiser;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** The rule by which an optimiser changes one parameter. */
interface UpdateRule {

  /** Returns the rule of an optimiser. */
  static UpdateRule of(Optimiser optimiser) {
    if (optimiser instanceof Optimiser.Adam adam) {
      return new AdamRule(adam);
    }
    return new SgdRule((Optimiser.Sgd) optimiser);
  }

  /** The names of the slots passed to {@link #update}, in order. */
  List<String> slots();

  /**
   * Changes {@code value}.
   *
   * @param gradient the gradient of the loss with respect to {@code value}; overwritten
   * @param slots the state after the previous step, initially zeros
   * @param steps number of steps before this one
   */
  void update(INDArray value, INDArray gradient, INDArray[] slots, long steps, double learningRate);

  /** Adam by ND4J's own op; see {@link Optimiser.Adam} for the equation. */
  record AdamRule(Optimiser.Adam adam) implements UpdateRule {
    @Override
    public List<String> slots() {
      return adam.slots();
    }

    @Override
    public void update(
        INDArray value, INDArray gradient, INDArray[] slots, long steps, double learningRate) {
      Nd4j.exec(
          new AdamUpdater(
              gradient,
              slots[1],
              slots[0],
              learningRate,
              adam.meanDecay(),
              adam.squareDecay(),
              adam.epsilon(),
              Math.toIntExact(steps)));
      value.subi(gradient);
    }
  }

  /** Stochastic gradient descent, {@code v = momentum v + g, w -= rate v}. */
  record SgdRule(Optimiser.Sgd sgd) implements UpdateRule {
    @Override
    public List<String> slots() {
      return sgd.slots();
    }

    @Override
    public void update(
        INDArray value, INDArray gradient, INDArray[] slots, long steps, double learningRate) {
      slots[0].muli(sgd.momentum()).addi(gradient);
      value.subi(slots[0].mul(learningRate));
    }
  }
}
