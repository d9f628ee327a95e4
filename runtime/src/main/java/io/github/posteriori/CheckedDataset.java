package io.github.posteriori;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.SharedExamples;
import io.github.posteriori.data.Targets;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A set as a network reads it: each image and, where a likelihood takes them, each target is
 * checked as it is read.
 */
final class CheckedDataset implements Dataset {
  /** A NaN that no calculation gives; it marks the numbers that an image has yet to write. */
  private static final int UNWRITTEN = 0x7fd1e57a;

  private final Dataset set;
  private final Pixels pixels;
  private final Optional<Likelihood> likelihood;
  private final int outputs;

  private CheckedDataset(Dataset set, Shape input, Optional<Likelihood> likelihood, int outputs) {
    this.set = set;
    this.pixels = new Pixels(input);
    this.likelihood = likelihood;
    this.outputs = outputs;
  }

  /**
   * Takes a set for a network of {@code outputs} outputs; all its targets are checked here, too.
   *
   * @throws IllegalArgumentException when its size, images or targets do not fit
   */
  static CheckedDataset labelled(Dataset set, Shape input, Likelihood likelihood, int outputs) {
    requireImages(set, input);
    likelihood.requireFit(set, outputs);
    return new CheckedDataset(set, input, Optional.of(likelihood), outputs);
  }

  /**
   * Takes a set whose targets are ignored.
   *
   * @throws IllegalArgumentException when its size or images do not fit
   */
  static CheckedDataset unlabelled(Dataset set, Shape input) {
    requireImages(set, input);
    return new CheckedDataset(set, input, Optional.empty(), 0);
  }

  /**
   * Checks the size and the images of a set.
   *
   * @throws IllegalArgumentException when they do not fit
   */
  static void requireImages(Dataset set, Shape input) {
    Objects.requireNonNull(set, "the data set is null, expected one of images");
    if (set.size() < 1) {
      throw new IllegalArgumentException(
          set.name()
              + " has "
              + set.size()
              + " examples, expected at least 1: look where it was read or cut");
    }
    boolean isFlattened =
        input instanceof Shape.Features features && features.count() == set.shape().size();
    if (!set.shape().equals(input) && !isFlattened) {
      throw new IllegalArgumentException(
          "the images of "
              + set.name()
              + " are "
              + set.shape()
              + ", expected "
              + input
              + ": create the module for this set's channels and size");
    }
  }

  /**
   * Checks that a validation set shares no example with the training set.
   *
   * @throws IllegalArgumentException when it does; it names one
   */
  static void requireHeldOut(Dataset valid, Dataset train) {
    OptionalInt shared = SharedExamples.first(valid, train);
    if (shared.isPresent()) {
      throw new IllegalArgumentException(
          "example "
              + shared.getAsInt()
              + " of the validation set "
              + valid.name()
              + " is in the training set, too, expected sets that share none: hold examples out"
              + " with split");
    }
  }

  @Override
  public String name() {
    return set.name();
  }

  @Override
  public int size() {
    return set.size();
  }

  @Override
  public Shape shape() {
    return set.shape();
  }

  @Override
  public int classes() {
    return set.classes();
  }

  @Override
  public List<String> classNames() {
    return set.classNames();
  }

  @Override
  public List<String> targetNames() {
    return set.targetNames();
  }

  @Override
  public boolean takesLongToRead() {
    return set.takesLongToRead();
  }

  @Override
  public int label(int index) {
    return set.label(index);
  }

  @Override
  public Targets targets(int... indices) {
    Targets targets = set.targets(indices);
    if (targets.count() != indices.length) {
      throw new IllegalArgumentException(
          "%s gives %s targets for %s examples, expected one for each: look at its targets"
              .formatted(name(), targets.count(), indices.length));
    }
    likelihood.ifPresent(
        taken ->
            taken.requireFit(targets, outputs, i -> "example " + indices[i] + " of " + name()));
    return targets;
  }

  @Override
  public void image(int index, float[] target, int offset) {
    int size = pixels.shape().size();
    Arrays.fill(target, offset, offset + size, Float.intBitsToFloat(UNWRITTEN));
    set.image(index, target, offset);
    if (!Pixels.areFromZeroToOne(target, offset, size)) {
      requireWritten(index, target, offset);
      pixels.require(target, offset, () -> "image " + index + " of " + name());
    }
  }

  private void requireWritten(int index, float[] target, int offset) {
    for (int i = 0; i < pixels.shape().size(); i++) {
      if (Float.floatToRawIntBits(target[offset + i]) == UNWRITTEN) {
        throw new IllegalArgumentException(
            ("image %s of %s has nothing at position %s of %s, expected %s numbers: write all of"
                    + " them, from the offset on")
                .formatted(index, name(), i, pixels.shape(), pixels.shape().size()));
      }
    }
  }
}
