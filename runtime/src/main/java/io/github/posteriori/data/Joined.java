package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;
import java.util.Objects;

/** A concatenation of sets of one kind. */
record Joined(List<? extends Dataset> parts) implements Origin.View {

  @Override
  public Dataset shaped(Shape.Image shape) {
    return new Joined(parts.stream().map(part -> part.shaped(shape)).toList());
  }

  @Override
  public String name() {
    return parts.get(0).name();
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(Dataset::size).sum();
  }

  @Override
  public Shape shape() {
    return parts.get(0).shape();
  }

  @Override
  public int classes() {
    return parts.get(0).classes();
  }

  @Override
  public List<String> classNames() {
    return parts.get(0).classNames();
  }

  @Override
  public boolean takesLongToRead() {
    return parts.stream().anyMatch(Dataset::takesLongToRead);
  }

  @Override
  public int label(int index) {
    Origin place = origin(index);
    return place.set().label(place.index());
  }

  @Override
  public void image(int index, float[] target, int offset) {
    Origin place = origin(index);
    place.set().image(place.index(), target, offset);
  }

  @Override
  public Origin origin(int index) {
    int within = Objects.checkIndex(index, size());
    for (Dataset part : parts) {
      if (within < part.size()) {
        return new Origin(part, within);
      }
      within -= part.size();
    }
    throw new AssertionError("no part holds " + index);
  }
}
