package io.github.posteriori.layers;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A named tensor of a layer, as checkpoints store it: floats, row-major.
 *
 * <p>Values change by {@link #write} alone, and each change raises the {@link #version}. An engine
 * keeps data derived from the values, such as packed weights, until the version changes. Reading
 * and writing are safe from many threads, but a reader may see part of a concurrent write.
 *
 * <p>Values may be {@linkplain #prune pruned}. The parameter itself sees to it that they keep what
 * they were pruned to and have no gradient, whatever an optimiser, an engine or a program writes.
 */
@SuppressWarnings("try") // a workspace scope works by being open
public final class Parameter {
  private final String name;
  private final long[] shape;
  private final boolean trained;
  private final float[] values;
  private final AtomicLong version = new AtomicLong();
  private volatile Pruning pruning;

  /** The gradient of the loss with respect to the values, allocated by the first backward pass. */
  private volatile float[] gradient;

  /** The array to which a {@link CustomLayer} adds its gradient, allocated on first use. */
  private volatile INDArray added;

  /** What is pruned, and the value that it has. */
  private record Pruning(Mask mask, float value) {}

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
   * Creates a tensor that the optimiser changes, for a {@link CustomLayer}.
   *
   * @param name the layer's name, a dot, and the tensor's own: {@code scale.factor}
   * @param start the initial values; copied, as float
   */
  public static Parameter trained(String name, INDArray start) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      float[] values = start.dup('c').castTo(DataType.FLOAT).data().asFloat();
      return new Parameter(name, values, true, start.shape());
    }
  }

  /**
   * Creates a tensor that the optimiser changes.
   *
   * @param start the initial values, row-major; copied
   */
  public static Parameter trained(String name, float[] start, long... shape) {
    return new Parameter(name, start.clone(), true, shape);
  }

  /**
   * Creates a running statistic, which training updates but no optimiser changes.
   *
   * @param start the initial values, row-major; copied
   */
  public static Parameter statistic(String name, float[] start, long... shape) {
    return new Parameter(name, start.clone(), false, shape);
  }

  /** The full name: the field's and the tensor's, such as {@code conv1.W_mu}. */
  public String name() {
    return name;
  }

  /** The dimensions. */
  public long[] shape() {
    return shape.clone();
  }

  /** The number of values. */
  public int size() {
    return values.length;
  }

  /** Returns whether the optimiser changes this tensor; false for running statistics. */
  public boolean trained() {
    return trained;
  }

  /** The version of the values, raised by every write. */
  public long version() {
    return version.get();
  }

  /**
   * Copies all values to {@code target}.
   *
   * @throws IllegalArgumentException when the length of {@code target} is not {@link #size}
   */
  public void read(float[] target) {
    requireSize(target);
    read(0, values.length, target, 0);
  }

  /**
   * Copies {@code count} values from {@code first} on to {@code target}, from {@code at} on.
   *
   * @throws IndexOutOfBoundsException when there are not as many values, or places for them
   */
  public void read(int first, int count, float[] target, int at) {
    requireRange(first, count, target, at);
    System.arraycopy(values, first, target, at, count);
  }

  /**
   * Replaces all values. They may be anything, but a network with weights that are not finite
   * predicts nothing.
   *
   * @throws IllegalArgumentException when the length of {@code source} is not {@link #size}
   */
  public void write(float[] source) {
    requireSize(source);
    write(0, values.length, source, 0);
  }

  /**
   * Replaces {@code count} values from {@code first} on by those of {@code source} at {@code at}.
   *
   * @throws IndexOutOfBoundsException when there are not as many values on either side
   */
  public void write(int first, int count, float[] source, int at) {
    requireRange(first, count, source, at);
    System.arraycopy(source, at, values, first, count);
    fillPruned(first, count);
    version.incrementAndGet();
  }

  private void fillPruned(int first, int count) {
    Pruning now = pruning;
    if (now != null) {
      now.mask.fillPruned(first, count, values, first, now.value);
    }
  }

  /**
   * Prunes the values that {@code mask} does not keep: they are {@code value} from now on. It
   * replaces an earlier mask: values that this one keeps can be written again.
   *
   * @throws IllegalArgumentException when the mask is not of as many values
   */
  public void prune(Mask mask, float value) {
    if (mask.size() != values.length) {
      throw new IllegalArgumentException(
          "%s has %s numbers, but the mask is of %s: hand over one of size()"
              .formatted(name, values.length, mask.size()));
    }
    pruning = mask.kept() == mask.size() ? null : new Pruning(mask, value);
    fillPruned(0, values.length);
    version.incrementAndGet();
  }

  /** Which values are kept; empty where none was pruned. */
  public Optional<Mask> mask() {
    return Optional.ofNullable(pruning).map(Pruning::mask);
  }

  /**
   * Writes 0 to the places of pruned values in numbers that belong to {@code count} values from
   * {@code first} on, such as gradients or the state of an optimiser.
   */
  public void clearPruned(int first, int count, float[] numbers, int at) {
    Pruning now = pruning;
    if (now != null) {
      now.mask.fillPruned(first, count, numbers, at, 0);
    }
  }

  private void requireRange(int first, int count, float[] array, int at) {
    boolean isWithin =
        first >= 0
            && at >= 0
            && count >= 0
            && first <= values.length - count
            && at <= array.length - count;
    if (!isWithin) {
      throw new IndexOutOfBoundsException(
          "%s has %s numbers and the array %s, expected %s from %s and %s on: hand over a range"
                  .formatted(name, values.length, array.length, count, first, at)
              + " within both");
    }
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

  /** Returns a copy of the values, row-major. */
  public double[] numbers() {
    double[] numbers = new double[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values[i];
    }
    return numbers;
  }

  /** Copies {@code count} gradients from {@code first} on; zeros if none has been written yet. */
  public void readGradient(int first, int count, float[] target, int at) {
    float[] known = gradient;
    if (known == null) {
      Arrays.fill(target, at, at + count, 0);
    } else {
      System.arraycopy(known, first, target, at, count);
    }
  }

  /**
   * Replaces {@code count} gradients of the loss with respect to the values, from {@code first} on;
   * those by pruned values stay 0.
   */
  public void writeGradient(int first, int count, float[] source, int at) {
    float[] own = ownGradient();
    System.arraycopy(source, at, own, first, count);
    clearPruned(first, count, own, first);
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
   * Returns the values as an array for the equations of a {@link CustomLayer}. The array is a copy;
   * changes to it are lost.
   */
  public INDArray value() {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.create(values.clone(), shape, 'c');
    }
  }

  /** Returns the array to which the backward pass of a {@link CustomLayer} adds its gradient. */
  public synchronized INDArray gradient() {
    if (added == null) {
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        added = Nd4j.create(DataType.FLOAT, shape);
      }
    }
    return added;
  }

  /** Adds {@link #gradient()}, written by a {@link CustomLayer}, to the gradients and clears it. */
  public void takeAddedGradient() {
    if (added == null) {
      return;
    }
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
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
