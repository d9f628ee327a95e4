package io.github.posteriori.spark;

import io.github.posteriori.layers.Parameter;
import io.github.posteriori.train.GradientStep;
import java.io.Serializable;
import java.util.List;

/**
 * The weights before a step.
 *
 * @param step number of the step
 * @param numbers of each trained parameter
 */
record Weights(long step, float[][] numbers) implements Serializable {

  static Weights of(GradientStep step, List<Parameter> trained) {
    float[][] numbers = new float[trained.size()][];
    for (int p = 0; p < numbers.length; p++) {
      numbers[p] = new float[trained.get(p).size()];
      trained.get(p).read(numbers[p]);
    }
    return new Weights(step.noise().step(), numbers);
  }

  void write(List<Parameter> trained) {
    for (int p = 0; p < numbers.length; p++) {
      trained.get(p).write(0, numbers[p].length, numbers[p], 0);
    }
  }
}
