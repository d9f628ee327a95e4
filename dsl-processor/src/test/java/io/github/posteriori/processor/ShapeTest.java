package io.github.posteriori.processor;

import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.assertRefused;
import static io.github.posteriori.processor.Nets.net;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which shapes fit together. */
class ShapeTest {
  private static final String CONV = "  @BayesConv(out = 16, kernel = 5, stride = 2) Layer conv;";

  @ParameterizedTest
  @ValueSource(strings = {"BayesLinear", "Linear"})
  void statedFeaturesThatDisagreeAreRefusedNamingBothNumbers(String annotation) {
    assertRefused(
        net(
            IMAGE,
            CONV,
            "  @BatchNorm Layer bn;",
            "  @Activate(RELU) Layer relu;",
            "  @Flatten Layer flatten;",
            "  @" + annotation + "(out = 10,",
            "    in = 800) Layer fc;"),
        "[P050] in is 800, but the output of flatten has 3136 features: write in = 3136, or leave"
            + " it out to have it inferred",
        "in = 800");
  }

  @Test
  void statedChannelsThatDisagreeAreRefused() {
    assertRefused(
        net(IMAGE, CONV, "  @BayesConv(out = 8, kernel = 3,", "    in = 6) Layer next;"),
        "[P050] in is 6, but the output of conv has 16 channels",
        "in = 6");
    assertRefused(
        net(IMAGE, "  @Conv(out = 8, kernel = 3,", "    in = 1) Layer first;"),
        "[P050] in is 1, but the network's input has 3 channels",
        "in = 1");
  }

  @Test
  void statedFlatteningThatDisagreesIsRefused() {
    assertRefused(
        net(IMAGE, CONV, "  @Flatten(", "    features = 800) Layer flatten;"),
        "[P051] features is 800, but the output of conv has 3136 numbers: write features = 3136, or"
            + " leave it out to have it inferred",
        "features = 800");
  }

  @Test
  void statedNumbersThatAgreeAreAccepted() {
    assertAccepted(
        net(
            IMAGE,
            "  @BayesConv(out = 16, kernel = 5, stride = 2, in = 3) Layer conv;",
            "  @Flatten(features = 3136) Layer flatten;",
            "  @BayesLinear(out = 10, in = 3136) Layer fc;"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BayesLinear", "Linear"})
  void linearLayerOnAnImageIsRefused(String annotation) {
    assertRefused(
        net(IMAGE, CONV, "  @" + annotation + "(out = 10) Layer fc;"),
        "[P052] fc takes features, but the output of conv is the image [16, 14, 14]: put a @Flatten"
            + " field before it",
        "Layer fc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Conv(out = 1, kernel = 1)",
        "@MaxPool(kernel = 1)",
        "@AvgPool(kernel = 1)",
        "@GlobalAvgPool",
        "@ConvTranspose(out = 1, kernel = 1)",
        "@Upsample"
      })
  void windowOnFeaturesIsRefused(String annotation) {
    assertRefused(
        net(IMAGE, "  @Flatten Layer flatten;", "  " + annotation + " Layer late;"),
        "[P053] late takes an image, but the output of flatten is the features [3072]: move it"
            + " before the @Flatten field",
        "Layer late");
  }

  @Test
  void theMeansOfChannelsAreFeatures() {
    assertAccepted(
        net(
            IMAGE,
            CONV,
            "  @GlobalAvgPool Layer mean;",
            "  @BayesLinear(out = 10, in = 16) Layer fc;"));
    assertRefused(
        net(IMAGE, CONV, "  @GlobalAvgPool Layer mean;", "  @Flatten Layer flatten;"),
        "[P054] flatten flattens an image, but the output of mean is the features [16] already:"
            + " remove the field",
        "Layer flatten");
  }

  @Test
  void aTransposedConvolutionEnlargesByItsStride() {
    assertAccepted(
        net(
            IMAGE,
            CONV,
            "  @BayesConvTranspose(out = 4, kernel = {4, 3}, stride = {2, 3}, padding = {1, 0},",
            "      outputPadding = {0, 2}, in = 16) Layer large;", // 28 x 44
            "  @Flatten(features = 4928) Layer flatten;",
            "  @BayesLinear(out = 10) Layer fc;"));
    assertAccepted( // 14 x 14 to 19 x 19
        net(
            IMAGE,
            CONV,
            "  @ConvTranspose(out = 1, kernel = 2, dilation = 3, outputPadding = 2) Layer large;",
            "  @Flatten(features = 361) Layer flatten;",
            "  @BayesLinear(out = 10) Layer fc;"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stride = 2, outputPadding = 2 | [P066] outputPadding is 2x2 and the stride is 2x2"
            + " and the dilation 1x1, expected less than one of them",
        "outputPadding = -1 | [P030] outputPadding is -1",
        "outputPadding = {0, 0, 0} | [P031] outputPadding has 3 entries",
        "groups = 8 | [P032] groups is 8",
        "padding = 3 | [P033]",
        "in = 3 | [P050] in is 3, but the output of conv has 16 channels"
      })
  void aTransposedConvolutionThatIsNoneIsRefused(String element, String message) {
    assertRefused(
        net(
            IMAGE,
            CONV,
            "  @ConvTranspose(out = 4, kernel = 3,",
            "    " + element,
            "  ) Layer large;"),
        message,
        element);
  }

  @Test
  void aPaddingThatLeavesNothingOfATransposedConvolutionIsRefused() {
    assertRefused(
        net(
            "channels = 1, height = 1, width = 4",
            "  @ConvTranspose(out = 4, kernel = 2, stride = 2,",
            "    padding = 1) Layer none;"),
        "[P067] the padding 1x1 leaves 0 rows and 6 columns of the output, expected at least 1",
        "padding = 1");
  }

  @Test
  void anUpsampledImageIsLargerByItsScale() {
    assertAccepted(
        net(
            IMAGE,
            CONV,
            "  @Upsample(scale = {2, 3}) Layer large;",
            "  @Flatten(features = 18816) Layer flatten;",
            "  @BayesLinear(out = 10) Layer fc;"));
    assertRefused(
        net(IMAGE, CONV, "  @Upsample(scale = 10000) Layer large;"),
        "[P056] the output [16, 140000, 140000] has 313600000000 numbers, expected at most"
            + " 2147483647: take fewer channels or pixels",
        "Layer large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "features = 1 | @LayerNorm | [1]",
        "features = 6 | @GroupNorm(groups = 6) | [6]",
        "channels = 4, height = 1, width = 1 | @GroupNorm(groups = 4) | [4, 1, 1]"
      })
  void normOfSingleNumbersIsRefused(String input, String annotation, String shape) {
    assertRefused(
        net(input, "  " + annotation + " Layer norm;"),
        "[P064] norm normalises single numbers of the network's input "
            + shape
            + ", which are their own mean, expected groups of at least two: take fewer groups, or"
            + " remove the field",
        "Layer norm");
  }

  @Test
  void secondFlattenIsRefused() {
    assertRefused(
        net(IMAGE, "  @Flatten Layer flatten;", "  @Flatten Layer again;"),
        "[P054] again flattens an image, but the output of flatten is the features [3072] already:"
            + " remove the field",
        "Layer again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@BayesConv(out = 1, kernel = 6) | 6x6 | 5 rows and 5",
        "@BayesConv(out = 1, kernel = {1, 6}) | 1x6 | 5 rows and 5",
        "@BayesConv(out = 1, kernel = 8, padding = 1) | 8x8 | 7 rows and 7",
        "@BayesConv(out = 1, kernel = 3, dilation = {3, 1}) | 7x3 | 5 rows and 5",
        "@MaxPool(kernel = 8, padding = {0, 2}) | 8x8 | 5 rows and 9"
      })
  void kernelLargerThanThePaddedInputIsRefused(String annotation, String span, String input) {
    assertRefused(
        net("channels = 1, height = 5, width = 5", "  " + annotation + " Layer large;"),
        "[P055] the kernel spans "
            + span
            + " pixels, but the padded input has "
            + input
            + " columns: take a smaller kernel or more padding",
        "kernel =");
  }

  @Test
  void kernelLargerThanAKnownSideIsRefusedBesideAFreeOne() {
    assertRefused(
        net(
            "channels = 1, height = FREE, width = 5",
            "  @BayesConv(out = 1, kernel = 7, padding = {1, 0}) Layer large;"),
        "[P055] the kernel spans 7x7 pixels, but the padded input has height + 2 rows and 5"
            + " columns",
        "kernel = 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@BayesConv(out = 1, kernel = 5)",
        "@BayesConv(out = 1, kernel = 7, padding = 1)",
        "@BayesConv(out = 1, kernel = 3, dilation = 2)",
        "@MaxPool(kernel = 5)"
      })
  void kernelThatJustFitsIsAccepted(String annotation) {
    assertAccepted(net("channels = 1, height = 5, width = 5", "  " + annotation + " Layer fits;"));
  }

  @Test
  void outputOfMoreNumbersThanCanBeCountedIsRefusedOnce() {
    assertRefused(
        net(
            "channels = 3, height = 1000, width = 1000",
            "  @BayesConv(out = 3000, kernel = 1) Layer huge;",
            "  @Flatten(features = 12) Layer flatten;"),
        "[P056] the output [3000, 1000, 1000] has 3000000000 numbers, expected at most"
            + " 2147483647: take fewer channels or pixels",
        "Layer huge");
    assertRefused(
        net("channels = 1, height = 100000, width = 100000", "  @Activate Layer active;"),
        "[P056] the input [1, 100000, 100000] has 10000000000 numbers",
        "@BayesModel");
  }

  @ParameterizedTest
  @CsvSource({
    "'kernel = 3, padding = 3', 3x3, 3x3, 3x3",
    "'kernel = {1, 3}, padding = {1, 0}', 1x0, 1x3, 1x3",
    "'kernel = 3, dilation = 2, padding = 5', 5x5, 3x3, 5x5"
  })
  void convolutionWhosePaddingHoldsAWholeWindowIsRefused(
      String window, String padding, String kernel, String span) {
    assertRefused(
        net(IMAGE, "  @BayesConv(out = 2, " + window + ") Layer conv;"),
        "[P033] padding is "
            + padding
            + " with a kernel of "
            + kernel
            + ", expected less than the kernel spans, which is "
            + span
            + ": a window could hold nothing but padding",
        "padding = ");
  }

  @Test
  void convolutionWhosePaddingIsSmallerThanAWindowIsAccepted() {
    assertAccepted(net(IMAGE, "  @BayesConv(out = 2, kernel = 3, padding = 2) Layer conv;"));
    assertAccepted(
        net(IMAGE, "  @BayesConv(out = 2, kernel = 3, dilation = 2, padding = 4) Layer conv;"));
  }

  @Test
  void weightsThatCannotBeCountedAreRefused() {
    assertRefused(
        net("features = 100000", "  @BayesLinear(out = 100000) Layer fc;"),
        "[P056] the weight [100000, 100000] has 10000000000 numbers, expected at most 2147483647:"
            + " take fewer channels or pixels",
        "Layer fc");
  }
}
