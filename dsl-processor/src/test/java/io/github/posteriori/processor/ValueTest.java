package io.github.posteriori.processor;

import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.assertRefused;
import static io.github.posteriori.processor.Nets.net;

import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values the elements of layer annotations may have. */
class ValueTest {
  /** A network of one layer on an image, the elements of its annotation on lines of their own. */
  private static JavaFileObject on(String image, String annotation, String... elements) {
    return net(image, "  @" + annotation + "(", String.join(",\n", elements), "  ) Layer only;");
  }

  @ParameterizedTest
  @CsvSource({"BayesConv, out", "Conv, out", "BayesConv, groups", "Conv, groups"})
  void convolutionNumberBelowOneIsRefused(String annotation, String element) {
    String other = element.equals("out") ? "groups = 1" : "out = 4";
    String remedy = element.equals("out") ? ", or Dim.FREE" : "";
    assertRefused(
        on(IMAGE, annotation, "kernel = 3", other, element + " = 0"),
        "[P030] " + element + " is 0, expected at least 1" + remedy,
        element + " = 0");
  }

  @Test
  void groupsOfANormBelowOneAreRefused() {
    assertRefused(
        on(IMAGE, "GroupNorm", "groups = 0"),
        "[P030] groups is 0, expected at least 1",
        "groups = 0");
  }

  @Test
  void groupsOfANormDivideItsChannelsOrFeatures() {
    assertRefused(
        on(IMAGE, "GroupNorm", "groups = 2"),
        "[P032] groups is 2, expected a divisor of the 3 channels: each group takes an equal share",
        "groups = 2");
    assertRefused(
        on("features = 9", "GroupNorm", "groups = 4"),
        "[P032] groups is 4, expected a divisor of the 9 features: each group takes an equal share",
        "groups = 4");
    assertAccepted(on("features = 9", "GroupNorm", "groups = 3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | [P031] scale has 0 entries, expected one (rows and columns alike) or two",
        "{2, 2, 2} | [P031] scale has 3 entries, expected one (rows and columns alike) or two",
        "{2, 0} | [P030] scale is 2x0, expected at least 1",
      })
  void scaleOfAnUpsamplingIsOneOrTwoNumbersOfAtLeastOne(String scale, String message) {
    assertRefused(on(IMAGE, "Upsample", "scale = " + scale), message, "scale = " + scale);
  }

  @ParameterizedTest
  @CsvSource({"BayesLinear, 0", "Linear, -1", "Linear, -2", "BayesLinear, -1"})
  void linearOutBelowOneIsRefused(String annotation, String out) {
    assertRefused(
        on("features = 4", annotation, "out = " + out),
        "[P030] out is " + out + ", expected at least 1, or Dim.FREE",
        "out = " + out);
  }

  @Test
  void statedInputBelowOneIsRefused() {
    assertRefused(
        on("features = 4", "BayesLinear", "out = 2", "in = 0"),
        "[P030] in is 0, expected at least 1, or Dim.INFER",
        "in = 0");
    assertRefused(
        on(IMAGE, "Flatten", "features = FREE"),
        "[P030] features is Dim.FREE, expected at least 1, or Dim.INFER",
        "features = FREE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel | 0 | kernel is 0, expected at least 1",
        "stride | 0 | stride is 0, expected at least 1",
        "dilation | {1, 0} | dilation is 1x0, expected at least 1",
        "padding | {-1, 2} | padding is -1x2, expected at least 0",
        "kernel | FREE | kernel is Dim.FREE, expected at least 1"
      })
  void windowPartThatIsTooSmallIsRefused(String part, String value, String message) {
    assertRefused(
        on(IMAGE, "BayesConv", "out = 4", kernelUnless(part), part + " = " + value),
        "[P030] " + message,
        part + " = " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel | {} | 0",
        "kernel | {3, 3, 3} | 3",
        "stride | {} | 0",
        "padding | {1, 1, 1, 1} | 4",
        "dilation | {} | 0"
      })
  void windowPartOfNeitherOneNorTwoEntriesIsRefused(String part, String value, String entries) {
    assertRefused(
        on(IMAGE, "Conv", "out = 4", kernelUnless(part), part + " = " + value),
        "[P031] "
            + part
            + " has "
            + entries
            + " entries, expected one (rows and columns alike) or"
            + " two (rows, columns)",
        part + " = " + value);
  }

  @Test
  void poolWindowsAreCheckedToo() {
    assertRefused(
        on(IMAGE, "MaxPool", "kernel = {2, 2, 2}"), "[P031] kernel has 3 entries", "kernel =");
    assertRefused(
        on(IMAGE, "AvgPool", "kernel = 2", "stride = 0"), "[P030] stride is 0", "stride =");
  }

  @Test
  void groupsThatDoNotDivideTheInputAreRefused() {
    assertRefused(
        on(IMAGE, "BayesConv", "out = 4", "kernel = 3", "groups = 2"),
        "[P032] groups is 2, expected a divisor of the 3 input channels: each group takes an equal"
            + " share",
        "groups = 2");
  }

  @Test
  void groupsThatDoNotDivideTheOutputAreRefused() {
    assertRefused(
        on(IMAGE, "BayesConv", "out = 4", "kernel = 3", "groups = 3"),
        "[P032] groups is 3, expected a divisor of the 4 output channels",
        "groups = 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2 | 2 | 2x2 | 2x2", "{4, 3} | 2 | 2x2 | 4x3"})
  void poolPaddingOverHalfTheKernelIsRefused(
      String kernel, String padding, String paddings, String kernels) {
    assertRefused(
        on(IMAGE, "MaxPool", "kernel = " + kernel, "padding = " + padding),
        "[P033] padding is "
            + paddings
            + " with a kernel of "
            + kernels
            + ", expected at most half"
            + " the kernel: a window could hold nothing but padding",
        "padding =");
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0", "-0.1, -0.1", "0.0 / 0, NaN"})
  void probabilityOutsideItsRangeIsRefused(String written, String found) {
    assertRefused(
        on("features = 4", "Dropout", "value = " + written),
        "[P034] the probability of zero is " + found + ", expected at least 0 and below 1",
        "value =");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "share = 0.5 | [P065] share is 0.5 and sigma2 is 0.0, expected a share above 0 and below 1",
        "sigma2 = 0.002 | [P065] share is 1.0 and sigma2 is 0.002",
        "share = 1.5, sigma2 = 0.002 | [P065] share is 1.5",
        "share = 0.5, sigma2 = -1 | [P065] share is 0.5 and sigma2 is -1.0",
        "sigma = 0 | [P035] sigma is 0.0, expected a finite number above 0, or Prior.HE: it is",
        "sigma = -0.1 | [P035] sigma is -0.1",
        "sigma = -1 | [P035] sigma is -1.0",
        "muStd = -1 | [P036] muStd is -1.0",
        "rhoStd = Prior.HE | [P036] rhoStd is Prior.HE, expected a finite number of at least 0",
        "mu = Prior.HE | [P037] mu is Prior.HE, expected a finite number",
        "sigma = 0.0 / 0 | [P035] sigma is NaN",
        "muStd = -0.5 | [P036] muStd is -0.5, expected a finite number of at least 0, or Prior.HE",
        "rhoStd = -1 | [P036] rhoStd is -1.0, expected a finite number of at least 0: it is a",
        "rhoStd = 0.0 / 0 | [P036] rhoStd is NaN",
        "mu = 0.0 / 0 | [P037] mu is NaN, expected a finite number: it is the mean of a Gaussian",
        "muMean = 1.0 / 0 | [P037] muMean is Infinity",
        "rhoMean = 0.0 / 0 | [P037] rhoMean is NaN"
      })
  void improperPriorIsRefusedAtItsValue(String element, String message) {
    assertRefused(
        net("features = 4", "@BayesLinear(out = 2, prior = @Prior(", element, ")) Layer fc;"),
        message,
        element);
    assertRefused(
        net("features = 4, prior = @Prior(\n" + element + "\n)", "@BayesLinear(out = 2) Layer fc;"),
        message,
        element);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@BayesConv(out = FREE, kernel = {5, 3}, stride = {2, 1}, padding = {2, 0}, dilation = 2)",
        "@BayesConv(out = 6, kernel = 1, groups = 3, in = 3, bias = false)",
        "@Conv(out = 1, kernel = 32)",
        "@MaxPool(kernel = 3, stride = {}, padding = 1)",
        "@AvgPool(kernel = {2, 4}, stride = {1}, padding = {1, 2})",
        "@Dropout(0)",
        "@Dropout",
        "@BatchNorm",
        "@Flatten(features = 3072)",
        "@BayesConv(out = 1, kernel = 1, prior = @Prior(muStd = Prior.HE, rhoStd = 0, mu = -3))",
        "@BayesConv(out = 1, kernel = 1, prior = @Prior(sigma = Prior.HE))"
      })
  void valuesInRangeAreAccepted(String annotation) {
    assertAccepted(net(IMAGE, "  " + annotation + " Layer only;"));
  }

  private static String kernelUnless(String part) {
    return part.equals("kernel") ? "bias = true" : "kernel = 3";
  }
}
