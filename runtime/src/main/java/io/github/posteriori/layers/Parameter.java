package io.github.posteriori.layers;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One named tensor of a layer, as checkpoints store it: floats, row-major.
 *
 * <p>Its numbers change by {@link #write} alone, and each change raises the {@link #version}. An
 * engine keeps what it made of the numbers, such as packed weights, until the version tells that it
 * is stale. Reading and writing are safe from many threads, but a reader may see part of a
 * concurrent write.
 */
public final class Parameter {
  private final String name;
  private final long[] shape;
  private final boolean trained;
  private final float[] values;
  private final AtomicLong version = new AtomicLong();

  /** Of the loss by the values; made when a backward pass first writes it. */
  private volatile float[] gradient;

  /** Where a {@link CustomLayer} adds its gradient; made when one first asks for it. */
  private volatile INDArray added;

  private Parameter(String name, float[] values, boolean trained, long[] shape) {
    this.name = name;
    this.shape = shape.clone();
    this.trained = trained;
    this.values = values;
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          name
              + " has the shape "
              + Arrays.toString(shape)
              + " and "
              + values.length
              + " numbers, expected "
              + size);
    }
  }

  /**
   * A tensor that the optimiser changes, for a {@link CustomLayer}.
   *
   * @param name the layer's name, a dot, and the tensor's own: {@code scale.factor}
   * @param start the numbers to start from; copied, as float
   */
  public static Parameter trained(String name, INDArray start) {
    float[] values = start.castTo(DataType.FLOAT).dup('c').data().asFloat();
    return new Parameter(name, values, true, start.shape());
  }

  /**
   * A tensor that the optimiser changes.
   *
   * @param start the numbers to start from, row-major; copied
   */
  public static Parameter trained(String name, float[] start, long... shape) {
    return new Parameter(name, start.clone(), true, shape);
  }

  /**
   * A statistic that training keeps beside the weights, and no optimiser touches.
   *
   * @param start the numbers to start from, row-major; copied
   */
  public static Parameter statistic(String name, float[] start, long... shape) {
    return new Parameter(name, start.clone(), false, shape);
  }

  /** The field's name and the tensor's, such as {@code conv1.W_mu}. */
  public String name() {
    return name;
  }

  /** The dimensions. */
  public long[] shape() {
    return shape.clone();
  }

  /** How many numbers there are. */
  public int size() {
    return values.length;
  }

  /** Whether the optimiser changes it; false for running statistics. */
  public boolean trained() {
    return trained;
  }

  /** Rises with every write. */
  public long version() {
    return version.get();
  }

  /**
   * Copies all numbers to {@code target}.
   *
   * @throws IllegalArgumentException when {@code target} has another length than {@link #size}
   */
  public void read(float[] target) {
    requireSize(target);
    read(0, values.length, target, 0);
  }

  /** Copies {@code count} numbers from {@code first} on to {@code target}, from {@code at} on. */
  public void read(int first, int count, float[] target, int at) {
    System.arraycopy(values, first, target, at, count);
  }

  /**
   * Replaces all numbers.
   *
   * @throws IllegalArgumentException when {@code source} has another length than {@link #size}
   */
  public void write(float[] source) {
    requireSize(source);
    write(0, values.length, source, 0);
  }

  /**
   * Replaces {@code count} numbers from {@code first} on by those of {@code source} at {@code at}.
   */
  public void write(int first, int count, float[] source, int at) {
    System.arraycopy(source, at, values, first, count);
    version.incrementAndGet();
  }

  private void requireSize(float[] array) {
    if (array.length != values.length) {
      throw new IllegalArgumentException(
          name
              + " has "
              + values.length
              + " numbers, but the array has "
              + array.length
              + ": hand over one of size()");
    }
  }

  /** A copy of the numbers as they are now, row-major. */
  public double[] numbers() {
    double[] numbers = new double[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values[i];
    }
    return numbers;
  }

  /** Copies {@code count} gradients from {@code first} on; zeros where none was written yet. */
  public void readGradient(int first, int count, float[] target, int at) {
    float[] known = gradient;
    if (known == null) {
      Arrays.fill(target, at, at + count, 0);
    } else {
      System.arraycopy(known, first, target, at, count);
    }
  }

  /** Replaces {@code count} gradients of the loss by the numbers, from {@code first} on. */
  public void writeGradient(int first, int count, float[] source, int at) {
    System.arraycopy(source, at, ownGradient(), first, count);
  }

  private synchronized float[] ownGradient() {
    if (gradient == null) {
      gradient = new float[values.length];
    }
    return gradient;
  }

  /** Sets all gradients to 0. */
  public void clearGradient() {
    if (gradient != null) {
      Arrays.fill(gradient, 0);
    }
    if (added != null) {
      added.assign(0);
    }
  }

  /**
   * The numbers as an array for the equations of a {@link CustomLayer}: a copy, to which changes
   * are lost.
   */
  public INDArray value() {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.create(values.clone(), shape, 'c');
    }
  }

  /** The array to which the backward pass of a {@link CustomLayer} adds its gradient. */
  public synchronized INDArray gradient() {
    if (added == null) {
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        added = Nd4j.create(DataType.FLOAT, shape);
      }
    }
    return added;
  }

  /** Moves what a {@link CustomLayer} added to {@link #gradient()} into the gradients. */
  public void takeAddedGradient() {
    if (added != null) {
      float[] more = added.dup('c').data().asFloat();
      float[] own = ownGradient();
      for (int i = 0; i < own.length; i++) {
        own[i] += more[i];
      }
      added.assign(0);
    }
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
