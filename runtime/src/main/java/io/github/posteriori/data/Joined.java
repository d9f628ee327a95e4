package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.List;
import java.util.Objects;

/** A concatenation of sets of one kind. */
record Joined(List<? extends Dataset> parts) implements Dataset {

  @Override
  public String name() {
    return parts.get(0).name();
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(Dataset::size).sum();
  }

  @Override
  public Shape.Image shape() {
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
  public int label(int index) {
    Place place = place(index);
    return place.part.label(place.index);
  }

  @Override
  public void image(int index, float[] target, int offset) {
    Place place = place(index);
    place.part.image(place.index, target, offset);
  }

  private record Place(Dataset part, int index) {}

  private Place place(int index) {
    int within = Objects.checkIndex(index, size());
    for (Dataset part : parts) {
      if (within < part.size()) {
        return new Place(part, within);
      }
      within -= part.size();
    }
    throw new AssertionError("no part holds " + index);
  }
}
