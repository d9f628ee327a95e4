package io.github.posteriori.data;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The names of a set's or a network's classes, by label. Classes without names are called by their
 * numbers, from 0.
 *
 * @param names distinct, none of them blank, accented letters composed (Unicode NFC): file systems
 *     differ in how they write them
 */
public record ClassNames(List<String> names) {
  /** Most names that a message lists. */
  private static final int MOST_SHOWN = 20;

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if one is missing or blank, or two are equal
   */
  public ClassNames {
    Set<String> seen = new LinkedHashSet<>();
    for (int label = 0; label < names.size(); label++) {
      String name = names.get(label);
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException(
            "class " + label + " has a blank name, expected one that can be read: name it");
      }
      name = Normalizer.normalize(name, Normalizer.Form.NFC);
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "class "
                + label
                + " has the name '"
                + name
                + "' of class "
                + List.copyOf(seen).indexOf(name)
                + ", expected names that differ: rename one of them");
      }
    }
    names = List.copyOf(seen);
  }

  /** Names classes by their numbers. */
  public static ClassNames numbers(int classes) {
    return new ClassNames(IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  /**
   * Returns the names of a set's classes.
   *
   * @throws IllegalArgumentException if the set has more or fewer names than classes, or names that
   *     are none
   */
  public static ClassNames of(Dataset set) {
    List<String> names =
        Objects.requireNonNull(
            set.classNames(),
            () -> set.name() + " has no list of class names, expected one name for each class");
    if (names.size() != set.classes()) {
      throw new IllegalArgumentException(
          "%s has %s class names, expected %s, one for each class: name all classes"
              .formatted(set.name(), names.size(), set.classes()));
    }
    try {
      return new ClassNames(names);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("of " + set.name() + ", " + e.getMessage(), e);
    }
  }

  /** Tells whether these classes have no names but their numbers. */
  public boolean areNumbers() {
    return equals(numbers(names.size()));
  }

  /** Tells whether each of the other names is one of these. */
  public boolean containAll(ClassNames others) {
    return new HashSet<>(names).containsAll(others.names);
  }

  /**
   * Tells whether labels mean the same under both, though the names differ: there are equally many,
   * and only one side has names. Where numerals are names on the other side, they are names on
   * both.
   */
  boolean fitByNumber(ClassNames others) {
    return names.size() == others.names.size()
        && (areNumbers() && others.haveNoNumeral() || others.areNumbers() && haveNoNumeral());
  }

  private boolean haveNoNumeral() {
    return names.stream().noneMatch(name -> name.chars().allMatch(Character::isDigit));
  }

  /** Returns the label under these names of each of the other classes, -1 if it has none. */
  int[] labelsOf(ClassNames others) {
    return others.names.stream().mapToInt(names::indexOf).toArray();
  }

  /** Returns those of the other names that are not among these. */
  ClassNames unknown(ClassNames others) {
    return new ClassNames(others.names.stream().filter(name -> !names.contains(name)).toList());
  }

  /** Lists the names, the first of many. */
  @Override
  public String toString() {
    if (names.size() <= MOST_SHOWN) {
      return names.toString();
    }
    return names.subList(0, MOST_SHOWN) + " and " + (names.size() - MOST_SHOWN) + " more";
  }
}
