package io.github.posteriori.spark;

import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Dataset;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The images of a training set, which every executor keeps, so that batches travel without them.
 * The driver reads its own from the set.
 */
final class KeptImages implements Serializable {
  private static final long serialVersionUID = 1;

  private final int count;
  private final int size;
  private transient IntFunction<float[]> images;

  private KeptImages(int count, int size, IntFunction<float[]> images) {
    this.count = count;
    this.size = size;
    this.images = images;
  }

  /** Returns what leaves all images in their batches. */
  static KeptImages none() {
    return new KeptImages(
        0,
        0,
        row -> {
          throw new IllegalStateException("no images are kept");
        });
  }

  /**
   * Returns the images of a set.
   *
   * @param standardised returns the image of an example as batches have it
   */
  static KeptImages of(Dataset set, UnaryOperator<float[]> standardised) {
    int size = set.shape().size();
    return new KeptImages(
        set.size(),
        size,
        row -> {
          float[] image = new float[size];
          set.image(row, image, 0);
          return standardised.apply(image);
        });
  }

  /** The memory that they take. */
  long bytes() {
    return (long) Float.BYTES * count * size;
  }

  /** Returns a batch as it travels. */
  Batch without(Batch batch) {
    return count == 0 || batch.rows().length == 0 ? batch : batch.with(new float[0]);
  }

  /** Returns a batch that has arrived, with its images. */
  Batch with(Batch batch) {
    if (batch.images().length > 0) {
      return batch;
    }
    float[] own = new float[batch.count() * size];
    for (int i = 0; i < batch.count(); i++) {
      System.arraycopy(images.apply(batch.rows()[i]), 0, own, i * size, size);
    }
    return batch.with(own);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    ByteBuffer image = ByteBuffer.allocate(Float.BYTES * size);
    for (int row = 0; row < count; row++) {
      image.asFloatBuffer().put(images.apply(row));
      out.write(image.array());
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    float[][] read = new float[count][size];
    ByteBuffer image = ByteBuffer.allocate(Float.BYTES * size);
    for (float[] numbers : read) {
      in.readFully(image.array());
      image.asFloatBuffer().get(numbers);
    }
    images = row -> read[row];
  }
}
