package io.github.posteriori.build;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.layers.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The free dimensions of a module, and checks of the numbers that its definition states although
 * they depend on free ones.
 */
final class Dimensions {
  private final String definition;
  private final Map<String, Integer> free = new LinkedHashMap<>();

  Dimensions(String definition) {
    this.definition = definition;
  }

  /** The free dimensions and their values, in the order of {@code create}. */
  Map<String, Integer> free() {
    return Collections.unmodifiableMap(free);
  }

  void free(String dimension, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          dimension
              + " is "
              + value
              + ", expected at least 1: it is a free dimension of "
              + definition);
    }
    free.put(dimension, value);
  }

  /** Checks that the input of the block {@code field} is the image that its definition states. */
  void takes(String field, Shape input, int channels, int height, int width) {
    String[] names = {"channels", "height", "width"};
    int[] stated = {channels, height, width};
    if (!(input instanceof Shape.Image image)) {
      throw refusal(field, "the " + input.size() + " features " + input, names, stated);
    }
    take(field, input, names, stated, image.channels(), image.height(), image.width());
  }

  /**
   * Checks that the input of the block {@code field} is the features that its definition states.
   */
  void takes(String field, Shape input, int features) {
    String[] names = {"features"};
    int[] stated = {features};
    if (!(input instanceof Shape.Features)) {
      throw refusal(field, "the image " + input, names, stated);
    }
    take(field, input, names, stated, input.size());
  }

  private void take(String field, Shape input, String[] names, int[] stated, int... found) {
    for (int i = 0; i < found.length; i++) {
      if (stated[i] == Dim.FREE) {
        free(names[i], found[i]);
      } else if (stated[i] != found[i]) {
        throw refusal(field, input.toString(), names, stated);
      }
    }
  }

  private IllegalArgumentException refusal(
      String field, String found, String[] names, int[] stated) {
    String expected =
        IntStream.range(0, names.length)
            .mapToObj(i -> names[i] + " = " + (stated[i] == Dim.FREE ? "FREE" : stated[i]))
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        field
            + ": the input is "
            + found
            + ", but "
            + definition
            + " takes "
            + expected
            + ": hand it such an input, or correct what its @BayesModel states");
  }

  /** Checks a number that {@code layer} states about its input. */
  void check(String layer, String element, int stated, Shape input) {
    boolean channels = element.equals("in") && input instanceof Shape.Image;
    int found = channels ? ((Shape.Image) input).channels() : input.size();
    if (stated != found) {
      throw new IllegalArgumentException(
          layer
              + ": "
              + element
              + " is "
              + stated
              + " in "
              + definition
              + ", but the input "
              + input
              + " has "
              + found
              + (free.isEmpty() ? "" : " with " + free)
              + ": correct or remove it");
    }
  }
}
