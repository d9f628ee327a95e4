package io.github.posteriori.data;

import io.github.posteriori.data.Augmentation.Padding;
import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.names.Spelling;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The text of an augmentation: names of transforms, each with its numbers, as one would type it.
 */
final class AugmentationText {
  private static final String NONE = "none";

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    kind("rotation:DEGREES", Set.of(1), (all, words) -> all.withRotation(words.number(0)));
    kind("shift:PIXELS", Set.of(1), (all, words) -> all.withShift(words.whole(0)));
    kind("flip", Set.of(0), (all, words) -> all.withHorizontalFlip());
    kind(
        "crop:PIXELS[/reflect]",
        Set.of(1, 2),
        (all, words) -> all.withCrop(words.whole(0), words.padding(1)));
    kind(
        "resized-crop[:LEAST_AREA/MOST_AREA[/LEAST_RATIO/MOST_RATIO]]",
        Set.of(0, 2, 4),
        (all, words) ->
            all.withResizedCrop(
                words.number(0, 0.08),
                words.number(1, 1),
                words.number(2, 3 / 4.0),
                words.number(3, 4 / 3.0)));
    kind(
        "jitter:STRENGTH or jitter:BRIGHTNESS/CONTRAST/SATURATION/HUE",
        Set.of(1, 4),
        (all, words) ->
            all.withJitter(
                words.number(0),
                words.number(1, words.number(0)),
                words.number(2, words.number(0)),
                words.number(3, 0)));
    kind("cutout:PIXELS", Set.of(1), (all, words) -> all.withCutout(words.whole(0)));
    kind(
        "corrupt:KIND/STRENGTH",
        Set.of(2),
        (all, words) -> all.withCorruption(Corruption.parse(words.text(0) + ":" + words.text(1))));
    kind("mixup:ALPHA", Set.of(1), (all, words) -> all.withMixup(words.number(0)));
  }

  private AugmentationText() {}

  /**
   * One kind of transform.
   *
   * @param usage how it is written
   * @param numbers how many arguments it may have
   */
  private record Kind(String usage, Set<Integer> numbers, Adder adder) {}

  /** Adds a transform to an augmentation. */
  @FunctionalInterface
  private interface Adder {
    Augmentation add(Augmentation all, Words words);
  }

  private static void kind(String usage, Set<Integer> numbers, Adder adder) {
    KINDS.put(usage.split("[:\\[]", 2)[0], new Kind(usage, numbers, adder));
  }

  /** What is written between a colon and the next comma. */
  private record Words(List<String> arguments) {
    String text(int place) {
      return arguments.get(place);
    }

    double number(int place) {
      return Double.parseDouble(text(place));
    }

    double number(int place, double otherwise) {
      return place < arguments.size() ? number(place) : otherwise;
    }

    int whole(int place) {
      return Integer.parseInt(arguments.get(place));
    }

    Padding padding(int place) {
      if (place == arguments.size()) {
        return Padding.ZERO;
      }
      if (arguments.get(place).equals("reflect")) {
        return Padding.REFLECT;
      }
      throw new NumberFormatException();
    }
  }

  static Augmentation parse(String text) {
    Augmentation all = Augmentation.none();
    if (text.strip().equals(NONE)) {
      return all;
    }
    Set<String> seen = new HashSet<>();
    for (String written : text.split(",", -1)) {
      String[] parts = written.strip().split(":", 2);
      Kind kind = KINDS.get(parts[0]);
      if (kind == null) {
        throw new IllegalArgumentException(
            "augment has '%s', expected none, or some of %s, separated by commas%s"
                .formatted(
                    written.strip(),
                    String.join(", ", KINDS.keySet()),
                    Spelling.hint(parts[0], KINDS.keySet())));
      }
      if (!seen.add(parts[0])) {
        throw new IllegalArgumentException(
            "augment has '%s' twice, expected each transform once: leave one out"
                .formatted(parts[0]));
      }
      all = add(all, kind, written.strip(), parts.length == 1 ? "" : parts[1]);
    }
    return all;
  }

  private static Augmentation add(Augmentation all, Kind kind, String written, String arguments) {
    Words words = new Words(arguments.isEmpty() ? List.of() : List.of(arguments.split("/", -1)));
    try {
      if (kind.numbers.contains(words.arguments.size())) {
        return kind.adder.add(all, words);
      }
    } catch (NumberFormatException e) {
      // What follows says what was expected.
    }
    throw new IllegalArgumentException(
        "augment has '%s', expected %s".formatted(written, kind.usage));
  }

  static String of(List<Transform> transforms, OptionalDouble mixup) {
    StringJoiner words = new StringJoiner(",").setEmptyValue(NONE);
    transforms.forEach(transform -> words.add(transform.toString()));
    mixup.ifPresent(alpha -> words.add("mixup:" + Transform.text(alpha)));
    return words.toString();
  }
}
