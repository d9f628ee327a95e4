package io.github.posteriori.processor.spec;

import java.util.List;
import java.util.Optional;

/** A window as the user wrote it, with any number of entries of any size. */
public record WindowSpec(
    Stated<List<Integer>> kernel,
    Stated<List<Integer>> stride,
    Stated<List<Integer>> padding,
    Stated<List<Integer>> dilation) {

  /** An element of the annotation and the least value of its entries. */
  public record Part(String name, Stated<List<Integer>> entries, int minimum) {
    /** Returns whether the entries define rows and columns. */
    public boolean isPair() {
      return entries.value().size() == 1 || entries.value().size() == 2;
    }

    /** Returns rows and columns, if they are defined and neither is too small. */
    public Optional<Pair> pair() {
      return isPair() && isInRange() ? Optional.of(WindowSpec.pair(entries)) : Optional.empty();
    }

    /** Returns whether no entry is too small. */
    public boolean isInRange() {
      return entries.value().stream().allMatch(entry -> entry >= minimum);
    }
  }

  /** The elements of the annotation. */
  public List<Part> parts() {
    return List.of(
        new Part("kernel", kernel, 1),
        new Part("stride", stride, 1),
        new Part("padding", padding, 0),
        new Part("dilation", dilation, 1));
  }

  /** Returns the window, if every part of it is valid. */
  public Optional<Window> window() {
    if (!parts().stream().allMatch(part -> part.isPair() && part.isInRange())) {
      return Optional.empty();
    }
    return Optional.of(new Window(pair(kernel), pair(stride), pair(padding), pair(dilation)));
  }

  private static Pair pair(Stated<List<Integer>> entries) {
    List<Integer> sizes = entries.value();
    return new Pair(sizes.get(0), sizes.get(sizes.size() - 1));
  }
}
