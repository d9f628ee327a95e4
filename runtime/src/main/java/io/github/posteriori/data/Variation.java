package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Applies the transforms of an augmentation to images, from any thread. */
final class Variation {
  private final List<Transform> transforms;
  private final Shape.Image shape;
  private final Queue<float[][]> scratch = new ConcurrentLinkedQueue<>();

  Variation(Augmentation augmentation, Shape.Image shape) {
    this.transforms = augmentation.transforms();
    this.shape = shape;
  }

  /** Reads an image of {@code dataset} and writes a variation of it. */
  void read(Dataset dataset, int index, float[] target, int offset, KeyedRandom random) {
    float[][] free = scratch.poll();
    float[][] copies =
        free == null ? new float[Math.min(2, transforms.size())][shape.size()] : free;
    dataset.image(index, copies[0], 0);
    int last = transforms.size() - 1;
    for (int i = 0; i < last; i++) {
      transforms.get(i).apply(shape, copies[i % 2], copies[1 - i % 2], 0, random);
    }
    transforms.get(last).apply(shape, copies[last % 2], target, offset, random);
    scratch.add(copies);
  }
}
