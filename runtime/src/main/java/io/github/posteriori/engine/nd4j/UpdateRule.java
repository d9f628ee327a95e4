package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Optimiser;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** How an optimiser changes one parameter. */
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

  /**
   * Changes {@code value}.
   *
   * @param gradient of the loss by {@code value}, overwritten
   * @param slots as they were left by the step before, of zeros at first
   * @param steps taken before this one
   */
  void update(INDArray value, INDArray gradient, INDArray[] slots, long steps, double learningRate);

  /** Adam by ND4J's own op; its equation stands at {@link Optimiser.Adam}. */
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

  /** {@code v = momentum v + g, w -= rate v}. */
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
