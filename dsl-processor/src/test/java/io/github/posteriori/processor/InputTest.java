package io.github.posteriori.processor;

import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.assertRefused;
import static io.github.posteriori.processor.Nets.net;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the input of a network is stated. */
class InputTest {
  private static final String[] OF_IMAGE = {
    "  @Flatten Layer flatten;", "  @BayesLinear(out = 2) Layer fc;"
  };
  private static final String OF_FEATURES = "  @BayesLinear(out = 2) Layer fc;";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "channels = 3, height = 32 | width is missing",
        "width = 32 | channels and height are missing",
        "estimator = BBB | nothing is stated",
        "channels = INFER, height = 32, width = 32 | channels is missing"
      })
  void incompleteInputIsRefused(String model, String found) {
    assertRefused(
        net(model, OF_IMAGE),
        "[P010] the input is not complete: "
            + found
            + ". State channels, height and width, or"
            + " features; Dim.FREE leaves one open",
        "@BayesModel");
  }

  @Test
  void imageBesideFeaturesIsRefusedAtTheFeatures() {
    assertRefused(
        net("channels = 3, height = 32, width = 32,\nfeatures = 12", OF_IMAGE),
        "[P011] the input is stated twice, as an image (channels, height, width) and as features:"
            + " keep one of the two",
        "features = 12");
  }

  @ParameterizedTest
  @ValueSource(strings = {"channels", "height", "width"})
  void imageSideBelowOneIsRefusedAtItsValue(String side) {
    String model = Nets.IMAGE.replace(", ", ",\n").replaceAll(side + " = \\d+", side + " = 0");
    assertRefused(
        net(model, OF_IMAGE),
        "[P030] " + side + " is 0, expected at least 1, or Dim.FREE",
        side + " = 0");
  }

  @Test
  void featuresBelowOneAreRefused() {
    assertRefused(
        net("features = -7", OF_FEATURES),
        "[P030] features is -7, expected at least 1, or Dim.FREE",
        "features = -7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "channels = 1, height = 1, width = 1",
        "channels = FREE, height = FREE, width = FREE",
        "channels = 3, height = 32, width = 32, features = INFER"
      })
  void wholeImageIsAccepted(String model) {
    assertAccepted(net(model, OF_IMAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"features = 1", "features = FREE", "features = 3, channels = INFER"})
  void featuresAreAccepted(String model) {
    assertAccepted(net(model, OF_FEATURES));
  }
}
