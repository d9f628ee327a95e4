package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;

/** Reads any batch of an epoch as a pure function, independent of thread and order. */
record BatchReader(
    Dataset dataset, int[] order, int batchSize, Augmentation augmentation, long seed, long epoch) {

  BatchReader {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is " + batchSize + ", expected at least 1");
    }
    augmentation.requireFit(dataset.name(), dataset.shape());
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
    int[] indices = Arrays.copyOfRange(order, first, first + count);
    if (augmentation.transforms().isEmpty()) {
      threads.forEach(count, i -> dataset.image(indices[i], images, i * shape.size()));
    } else {
      Variation variation = new Variation(augmentation, (Shape.Image) shape);
      threads.forEach(
          count,
          i -> variation.read(dataset, indices[i], images, i * shape.size(), random(indices[i])));
    }
    Targets targets = dataset.targets(indices);
    if (augmentation.equals(Augmentation.none())) {
      return new Batch(images, targets, count, first, indices);
    }
    Batch read = new Batch(images, targets, count, first);
    return augmentation
        .mixup(seed, epoch)
        .map(mixup -> mixup.mix(read, dataset, indices))
        .orElse(read);
  }

  private KeyedRandom random(int index) {
    return KeyedRandom.of("augmentation", seed, epoch, index);
  }
}
