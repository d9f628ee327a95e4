package io.github.posteriori.processor.spec;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The network's input: an image or features, each number known, {@link Dim#FREE} or, if not stated,
 * {@link Dim#INFER}.
 *
 * @param place the annotation on the class
 */
public record InputSpec(
    Stated<Integer> channels,
    Stated<Integer> height,
    Stated<Integer> width,
    Stated<Integer> features,
    Place place) {

  /** Returns whether any side of an image is stated. */
  public boolean statesImage() {
    return isStated(channels) || isStated(height) || isStated(width);
  }

  /** Returns whether features are stated. */
  public boolean statesFeatures() {
    return isStated(features);
  }

  /** Returns the elements of the image that are not stated. */
  public List<String> missingOfImage() {
    List<String> missing = new ArrayList<>();
    for (var side : imageSides()) {
      if (!isStated(side.getValue())) {
        missing.add(side.getKey());
      }
    }
    return missing;
  }

  /** Returns the elements of the image and their values. */
  public List<Map.Entry<String, Stated<Integer>>> imageSides() {
    return List.of(
        Map.entry("channels", channels), Map.entry("height", height), Map.entry("width", width));
  }

  /** Returns whether the input is an image whose dimensions are all free. */
  public boolean isOpenImage() {
    return imageSides().stream().allMatch(side -> side.getValue().value() == Dim.FREE);
  }

  private static boolean isStated(Stated<Integer> size) {
    return size.value() != Dim.INFER;
  }
}
