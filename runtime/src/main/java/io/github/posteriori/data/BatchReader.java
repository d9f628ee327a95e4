package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/** Reads any batch of an epoch as a pure function, independent of thread and order. */
record BatchReader(
    Dataset dataset, int[] order, int batchSize, Augmentation augmentation, long seed, long epoch) {

  BatchReader {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is " + batchSize + ", expected at least 1");
    }
    if (!augmentation.isNone() && !(dataset.shape() instanceof Shape.Image)) {
      throw new IllegalArgumentException(
          "the augmentation varies images, but %s has features %s: train without it"
              .formatted(dataset.name(), dataset.shape()));
    }
    long numbers = (long) Math.min(batchSize, order.length) * dataset.shape().size();
    if (numbers > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          ("batch size is %s: images of %s would need %s numbers, more than an array holds; make it"
                  + " smaller")
              .formatted(batchSize, dataset.shape(), numbers));
    }
  }

  int batches() {
    return order.length / batchSize + (order.length % batchSize == 0 ? 0 : 1);
  }

  Batch read(int batch) {
    Shape shape = dataset.shape();
    int first = batch * batchSize;
    int count = Math.min(batchSize, order.length - first);
    float[] images = new float[count * shape.size()];
    float[] original = augmentation.isNone() ? null : new float[shape.size()];
    for (int i = 0; i < count; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted while reading a batch");
      }
      int index = order[first + i];
      if (original == null) {
        dataset.image(index, images, i * shape.size());
      } else {
        dataset.image(index, original, 0);
        KeyedRandom random = KeyedRandom.of("augmentation", seed, epoch, index);
        augmentation.apply((Shape.Image) shape, original, images, i * shape.size(), random);
      }
    }
    Targets targets = dataset.targets(Arrays.copyOfRange(order, first, first + count));
    return new Batch(images, targets, count, first);
  }
}
