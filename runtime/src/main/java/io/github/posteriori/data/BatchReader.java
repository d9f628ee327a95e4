package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;

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

  /** The bytes of a whole batch. */
  long batchBytes() {
    return 4L * Math.min(batchSize, order.length) * dataset.shape().size();
  }

  int batches() {
    return order.length / batchSize + (order.length % batchSize == 0 ? 0 : 1);
  }

  Batch read(int batch, ReadingThreads threads) {
    Shape shape = dataset.shape();
    int first = batch * batchSize;
    int count = Math.min(batchSize, order.length - first);
    float[] images = new float[count * shape.size()];
    threads.forEach(count, i -> read(order[first + i], images, i * shape.size()));
    Targets targets = dataset.targets(Arrays.copyOfRange(order, first, first + count));
    return new Batch(images, targets, count, first);
  }

  private void read(int index, float[] images, int offset) {
    if (augmentation.isNone()) {
      dataset.image(index, images, offset);
      return;
    }
    Shape.Image shape = (Shape.Image) dataset.shape();
    float[] original = new float[shape.size()];
    dataset.image(index, original, 0);
    KeyedRandom random = KeyedRandom.of("augmentation", seed, epoch, index);
    augmentation.apply(shape, original, images, offset, random);
  }
}
