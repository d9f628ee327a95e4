package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;

/** Another set with its classes numbered as someone else numbers them. */
final class Renumbered implements Origin.WholeView {
  private final Dataset base;
  private final ClassNames names;

  /** The new label of each class of {@code base}, or -1 if it is none of {@code names}. */
  private final int[] labels;

  private Renumbered(Dataset base, ClassNames names, int[] labels) {
    this.base = base;
    this.names = names;
    this.labels = labels;
  }

  /**
   * Numbers the classes of {@code base} by their places in {@code names}.
   *
   * @throws IllegalArgumentException if a class of {@code base} is not among them
   */
  static Dataset matching(Dataset base, ClassNames names) {
    if (!base.targetNames().isEmpty()) {
      return base;
    }
    ClassNames own = ClassNames.of(base);
    if (own.equals(names)) {
      return base;
    }
    if (own.fitByNumber(names)) {
      return own.areNumbers()
          ? new Renumbered(base, names, names.labelsOf(names))
          : base; // Its names say more than numbers.
    }
    if (!names.containAll(own)) {
      throw new IllegalArgumentException(
          base.name()
              + " has the classes "
              + own
              + ", of which "
              + names.unknown(own)
              + " are unknown; expected only classes among "
              + names
              + ": give equal classes equal names, and leave the others out");
    }
    return new Renumbered(base, names, names.labelsOf(own));
  }

  /** Numbers the classes of {@code base} that are kept; it has no examples of the others. */
  static Dataset keeping(Dataset base, ClassNames kept) {
    return new Renumbered(base, kept, kept.labelsOf(ClassNames.of(base)));
  }

  @Override
  public Dataset shaped(Shape.Image shape) {
    return new Renumbered(base.shaped(shape), names, labels);
  }

  @Override
  public Dataset base() {
    return base;
  }

  @Override
  public int classes() {
    return names.names().size();
  }

  @Override
  public List<String> classNames() {
    return names.names();
  }

  @Override
  public int label(int index) {
    int label = base.label(index);
    if (label < 0 || label >= labels.length) {
      throw new IllegalArgumentException(
          "example %s of %s has the label %s, expected 0 to %s: number the classes from 0"
              .formatted(index, name(), label, labels.length - 1));
    }
    return labels[label];
  }

  @Override
  public void image(int index, float[] target, int offset) {
    base.image(index, target, offset);
  }
}
