package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.names.Names;
import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some examples of another set, in an order of its own, or some of its classes, renumbered from 0.
 */
final class Subset implements Origin.View {
  private final String name;
  private final Dataset base;
  private final int firstClass;
  private final List<String> classNames;
  private final int[] indices;

  private Subset(
      String name, Dataset base, int firstClass, List<String> classNames, int[] indices) {
    this.name = name;
    this.base = base;
    this.firstClass = firstClass;
    this.classNames = classNames;
    this.indices = indices;
  }

  private static Subset of(Dataset base, int[] indices) {
    return new Subset(base.name(), base, 0, ClassNames.of(base).names(), indices);
  }

  /** Takes the first examples of a set whose order is as good as random. */
  static Dataset first(Dataset base, int examples) {
    return isWhole(base, examples) ? base : of(base, IntStream.range(0, examples).toArray());
  }

  private static boolean isWhole(Dataset base, int examples) {
    if (examples < 1) {
      throw new IllegalArgumentException("limit is " + examples + ", expected at least 1");
    }
    return examples >= base.size();
  }

  static Dataset limit(Dataset base, int examples) {
    if (isWhole(base, examples)) {
      return base;
    }
    double[] turns = base.targetNames().isEmpty() ? turns(base) : randomTurns(base);
    int[] indices =
        IntStream.range(0, base.size())
            .boxed()
            .sorted(Comparator.comparingDouble(index -> turns[index]))
            .limit(examples)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    return of(base, indices);
  }

  /**
   * Returns when each example has its turn to be drawn. The first of each class come before all
   * others; then the examples of a class, in random order, come at even distances from 0 to 1, so
   * that up to any turn each class has its share.
   */
  private static double[] turns(Dataset base) {
    int[] labels = new int[base.size()];
    int[] counts = new int[base.classes()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = base.label(i);
      if (labels[i] < 0 || labels[i] >= counts.length) {
        throw new IllegalArgumentException(
            "example %s of %s has the label %s, expected 0 to %s: number the classes from 0"
                .formatted(i, base.name(), labels[i], counts.length - 1));
      }
      counts[labels[i]]++;
    }
    int[][] orders = new int[counts.length][];
    double[] starts = new double[counts.length];
    for (int k = 0; k < counts.length; k++) {
      KeyedRandom random = KeyedRandom.of("limit", k);
      starts[k] = random.uniform();
      orders[k] = random.permutation(counts[k]);
    }
    int[] seen = new int[counts.length];
    double[] turns = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      int k = labels[i];
      int place = orders[k][seen[k]++];
      turns[i] = place == 0 ? starts[k] - 1 : (place + starts[k]) / counts[k];
    }
    return turns;
  }

  private static double[] randomTurns(Dataset base) {
    return Arrays.stream(KeyedRandom.of("limit").permutation(base.size()))
        .asDoubleStream()
        .toArray();
  }

  static Split splitEachClass(Dataset base, double fraction, long seed) {
    requireFraction(fraction);
    if (!base.targetNames().isEmpty()) {
      return split(base, fraction, seed);
    }
    int[] labels = IntStream.range(0, base.size()).map(base::label).toArray();
    boolean[] held = new boolean[labels.length];
    for (int k = 0; k < base.classes(); k++) {
      int label = k;
      int[] own = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
      KeyedRandom random = KeyedRandom.of("held out", seed, k);
      // What is over is drawn, so that a fraction of small classes is one of the whole.
      int count = Math.min(own.length - 1, (int) (own.length * fraction + random.uniform()));
      int[] order = random.permutation(own.length);
      for (int i = 0; i < count; i++) {
        held[own[order[i]]] = true;
      }
    }
    int[] valid = IntStream.range(0, labels.length).filter(i -> held[i]).toArray();
    if (valid.length == 0) {
      throw new IllegalArgumentException(
          "holding out %s of %s examples of %s leaves nothing: add examples"
              .formatted(fraction, labels.length, base.name()));
    }
    int[] train = IntStream.range(0, labels.length).filter(i -> !held[i]).toArray();
    return new Split(of(base, train), of(base, valid));
  }

  private static void requireFraction(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "validation fraction is " + fraction + ", expected between 0 and 1, both excluded");
    }
  }

  static Split split(Dataset base, double validFraction, long seed) {
    requireFraction(validFraction);
    int size = base.size();
    int valid = (int) Math.round(size * validFraction);
    if (valid == 0 || valid == size) {
      throw new IllegalArgumentException(
          ("holding out %s of %s examples of %s leaves one part empty, expected at least one"
                  + " example in each: choose another fraction")
              .formatted(validFraction, size, base.name()));
    }
    int[] order = KeyedRandom.of("split", seed).permutation(size);
    return new Split(
        of(base, Arrays.copyOfRange(order, valid, size)), of(base, Arrays.copyOf(order, valid)));
  }

  static Dataset classRange(String name, Dataset base, int first, int classes) {
    if (first < 0 || classes < 1 || first + classes > base.classes()) {
      throw new IllegalArgumentException(
          "classes %s to %s of %s, expected a range within 0 to %s"
              .formatted(first, first + classes - 1, base.name(), base.classes() - 1));
    }
    int[] indices =
        IntStream.range(0, base.size())
            .filter(i -> base.label(i) >= first && base.label(i) < first + classes)
            .toArray();
    List<String> names = ClassNames.of(base).names().subList(first, first + classes);
    return new Subset(name, base, first, names, indices);
  }

  static Dataset onlyClasses(String name, Dataset base, ClassNames asked) {
    if (!base.targetNames().isEmpty()) {
      throw new IllegalArgumentException(
          "the targets of %s are the numbers %s, expected classes, of which some are kept"
              .formatted(base.name(), base.targetNames()));
    }
    ClassNames own = ClassNames.of(base);
    asked.names().forEach(kept -> Names.find("a class of " + base.name(), kept, own.names()));
    ClassNames kept = new ClassNames(own.names().stream().filter(asked.names()::contains).toList());
    int[] labels = kept.labelsOf(own);
    int[] indices =
        IntStream.range(0, base.size()).filter(i -> labels[base.label(i)] >= 0).toArray();
    if (indices.length == 0) {
      throw new IllegalArgumentException(
          base.name() + " has no example of the classes " + kept + ", expected some: name others");
    }
    return Renumbered.keeping(new Subset(name, base, 0, own.names(), indices), kept);
  }

  @Override
  public Dataset shaped(Shape.Image shape) {
    return new Subset(name, base.shaped(shape), firstClass, classNames, indices);
  }

  @Override
  public Origin origin(int index) {
    return new Origin(base, indices[index]);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Shape shape() {
    return base.shape();
  }

  @Override
  public int classes() {
    return classNames.size();
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public boolean takesLongToRead() {
    return base.takesLongToRead();
  }

  @Override
  public int label(int index) {
    return base.label(indices[index]) - firstClass;
  }

  @Override
  public void image(int index, float[] target, int offset) {
    base.image(indices[index], target, offset);
  }
}
