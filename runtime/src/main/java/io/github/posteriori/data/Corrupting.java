package io.github.posteriori.data;

import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/** A corruption, drawn anew each time. */
record Corrupting(Corruption corruption) implements Transform {

  @Override
  public void requireFit(String name, Shape.Image shape) {
    corruption.requireFit(name, shape);
  }

  @Override
  public void apply(
      Shape.Image shape, float[] source, float[] target, int offset, KeyedRandom random) {
    System.arraycopy(source, 0, target, offset, shape.size());
    corruption.apply(shape, target, offset, random);
  }

  @Override
  public String toString() {
    return "corrupt:" + corruption.kind() + "/" + corruption.strength();
  }
}
