package io.github.posteriori.data;

import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.layers.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * The random variation of training examples, drawn anew in every epoch: transforms of each image,
 * one after the other in the order they were added, and at last mixup of whole batches. Validation
 * and test examples never vary. Immutable, each {@code with} method returns a copy.
 *
 * <p>What is drawn depends on the random seed, the epoch and the example alone. Shapes stay as they
 * are; signals, which are images of one row, move along it.
 */
public final class Augmentation {
  private static final Augmentation NONE = new Augmentation(List.of(), OptionalDouble.empty());

  private final List<Transform> transforms;
  private final OptionalDouble mixup;

  private Augmentation(List<Transform> transforms, OptionalDouble mixup) {
    this.transforms = List.copyOf(transforms);
    this.mixup = mixup;
  }

  /** What lies beyond the border of an image. */
  public enum Padding {
    /** Zeros: black. */
    ZERO,
    /** The image mirrored at its border pixels. */
    REFLECT
  }

  /** Returns the augmentation that does not change images. */
  public static Augmentation none() {
    return NONE;
  }

  /** Returns an augmentation that rotates images by up to {@code degrees} either way. */
  public static Augmentation rotation(double degrees) {
    return NONE.withRotation(degrees);
  }

  /**
   * Reads an augmentation from text: {@code none}, or transforms by their names, separated by
   * commas, such as {@code crop:4,flip,jitter:0.2,cutout:8,mixup:0.2}.
   *
   * @throws IllegalArgumentException if a name is unknown or twice there, or a number out of range
   */
  public static Augmentation parse(String text) {
    return AugmentationText.parse(text);
  }

  /**
   * Returns a copy that also rotates images around their centre, by an angle uniform in ±{@code
   * degrees}: bilinear, with zeros outside. Rotation, shift and mirroring that follow each other
   * are one motion, and cost one interpolation.
   *
   * @param degrees from 0 to 180
   */
  public Augmentation withRotation(double degrees) {
    return move(motion -> new Motion(degrees, motion.pixels(), motion.horizontalFlip()));
  }

  /**
   * Returns a copy that also shifts images along each axis, independently, by a whole number of
   * pixels uniform in ±{@code pixels}, with zeros outside.
   *
   * @param pixels at least 0
   */
  public Augmentation withShift(int pixels) {
    return move(motion -> new Motion(motion.degrees(), pixels, motion.horizontalFlip()));
  }

  /** Returns a copy that also mirrors images left to right with probability 1/2. */
  public Augmentation withHorizontalFlip() {
    return move(motion -> new Motion(motion.degrees(), motion.pixels(), true));
  }

  /**
   * Returns a copy that also pads images on all sides and cuts out a part of their former size, at
   * a place uniform among all.
   *
   * @param pixels width of the padding, at least 0
   * @param padding what lies outside
   */
  public Augmentation withCrop(int pixels, Padding padding) {
    return with(new Crop(pixels, padding));
  }

  /**
   * Returns a copy that also cuts out a part of each image, of random size and aspect ratio at a
   * random place, and enlarges it to the former size, bilinearly (Szegedy et al. 2015). Where ten
   * draws in a row do not fit into the image, its centre is taken. Of signals a part of the time is
   * taken.
   *
   * @param leastArea the least share of the image's area, above 0
   * @param mostArea the largest share, up to 1; 0.08 and 1 are customary
   * @param leastRatio the least ratio of width to height, above 0
   * @param mostRatio the largest ratio; 3/4 and 4/3 are customary, drawn uniformly on a logarithmic
   *     scale
   */
  public Augmentation withResizedCrop(
      double leastArea, double mostArea, double leastRatio, double mostRatio) {
    return with(new ResizedCrop(leastArea, mostArea, leastRatio, mostRatio));
  }

  /**
   * Returns a copy that also changes the colours of images with pixels from 0 to 1, in random
   * order. Brightness is multiplied by, contrast and saturation are blended away from grey by a
   * factor uniform in [1 - strength, 1 + strength], at least 0; hues turn by a share of the colour
   * circle uniform in ±{@code hue}. Only images of three channels have saturation and hue.
   *
   * @param brightness the strength, at least 0
   * @param contrast the strength, at least 0
   * @param saturation the strength, at least 0
   * @param hue from 0 to 0.5
   */
  public Augmentation withJitter(
      double brightness, double contrast, double saturation, double hue) {
    return with(new ColourJitter(brightness, contrast, saturation, hue));
  }

  /**
   * Returns a copy that also blackens a square around a random pixel, cut off at the border
   * (DeVries and Taylor 2017).
   *
   * @param pixels side of the square, at least 1
   */
  public Augmentation withCutout(int pixels) {
    return with(new Cutout(pixels));
  }

  /**
   * Returns a copy that also mixes each example with another of its batch, and their targets by the
   * same shares, drawn from Beta(alpha, alpha) (Zhang et al. 2018). The training's accuracy counts
   * each of both classes by its share.
   *
   * @param alpha above 0, up to 2; 0.2 is customary
   */
  public Augmentation withMixup(double alpha) {
    return new Augmentation(transforms, OptionalDouble.of(Mixup.requireAlpha(alpha)));
  }

  /**
   * Returns a copy that also corrupts each image, in a way drawn anew each time.
   *
   * @param corruption of pictures with one channel or three, pixels from 0 to 1
   */
  public Augmentation withCorruption(Corruption corruption) {
    return with(new Corrupting(corruption));
  }

  private Augmentation with(Transform transform) {
    List<Transform> more = new ArrayList<>(transforms);
    more.add(transform);
    return new Augmentation(more, mixup);
  }

  /** Changes the last transform if it is a motion, and else adds one. */
  private Augmentation move(UnaryOperator<Motion> change) {
    List<Transform> more = new ArrayList<>(transforms);
    int last = more.size() - 1;
    boolean moves = last >= 0 && more.get(last) instanceof Motion;
    Motion changed = change.apply(moves ? (Motion) more.remove(last) : Motion.NONE);
    if (!changed.equals(Motion.NONE)) {
      more.add(changed);
    }
    return new Augmentation(more, mixup);
  }

  /** The largest rotation, in degrees, of the motion that comes first; 0 if none does. */
  public double degrees() {
    return motion().degrees();
  }

  /** The largest shift, in pixels, of the motion that comes first; 0 if none does. */
  public int pixels() {
    return motion().pixels();
  }

  /** Whether the motion that comes first mirrors images. */
  public boolean horizontalFlip() {
    return motion().horizontalFlip();
  }

  private Motion motion() {
    return !transforms.isEmpty() && transforms.get(0) instanceof Motion motion
        ? motion
        : Motion.NONE;
  }

  /** Returns an augmentation that does what this does, and then what {@code next} does. */
  public Augmentation then(Augmentation next) {
    Augmentation both = this;
    for (Transform transform : next.transforms) {
      both = both.with(transform);
    }
    return new Augmentation(both.transforms, next.mixup.isPresent() ? next.mixup : mixup);
  }

  /**
   * Checks that examples can be varied so.
   *
   * @param name what to call their set
   * @throws IllegalArgumentException if they are not of that kind
   */
  public void requireFit(String name, Shape shape) {
    for (Transform transform : transforms) {
      if (!(shape instanceof Shape.Image)) {
        throw new IllegalArgumentException(
            ("the augmentation varies images (%s), but %s has features %s: leave it out; of"
                    + " features only mixup makes more")
                .formatted(transform, name, shape));
      }
      transform.requireFit(name, (Shape.Image) shape);
    }
  }

  /** The transforms of single images, in their order. */
  List<Transform> transforms() {
    return transforms;
  }

  /** Returns whether examples are mixed in pairs, and their targets with them. */
  public boolean mixes() {
    return mixup.isPresent();
  }

  /** The mixing of whole batches, if there is one. */
  Optional<Mixup> mixup(long seed, long epoch) {
    return mixup.isPresent()
        ? Optional.of(new Mixup(mixup.getAsDouble(), seed, epoch))
        : Optional.empty();
  }

  /** Returns the text from which {@link #parse} makes this augmentation. */
  @Override
  public String toString() {
    return AugmentationText.of(transforms, mixup);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Augmentation augmentation
        && transforms.equals(augmentation.transforms)
        && mixup.equals(augmentation.mixup);
  }

  @Override
  public int hashCode() {
    return Objects.hash(transforms, mixup);
  }
}
