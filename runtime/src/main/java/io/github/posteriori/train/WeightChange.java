package io.github.posteriori.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What is added to the weights of one step to have nearly those of another, in bfloat16.
 *
 * @param tensors of each the differences of the values that are not pruned
 */
public record WeightChange(List<short[]> tensors) implements Serializable {

  /** Returns the change from the weights that are held towards others with the same masks. */
  static WeightChange of(Weights held, Weights wanted) {
    List<short[]> tensors = new ArrayList<>();
    for (int t = 0; t < held.tensors().size(); t++) {
      float[] from = held.tensors().get(t).kept();
      float[] to = wanted.tensors().get(t).kept();
      short[] change = new short[from.length];
      for (int i = 0; i < change.length; i++) {
        change[i] = Bfloat16Numbers.round(to[i] - from[i]);
      }
      tensors.add(change);
    }
    return new WeightChange(tensors);
  }

  /** Returns the changed weights, the same bytes wherever they are computed. */
  public Weights applied(Weights held) {
    List<Weights.Tensor> changed = new ArrayList<>();
    for (int t = 0; t < tensors.size(); t++) {
      short[] change = tensors.get(t);
      float[] values = held.tensors().get(t).kept().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] += Bfloat16Numbers.number(change[i]);
      }
      changed.add(held.tensors().get(t).with(values));
    }
    return new Weights(changed);
  }
}
