package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.assertRefused;
import static io.github.posteriori.processor.Nets.generated;
import static io.github.posteriori.processor.Nets.net;

import org.junit.jupiter.api.Test;

/** Which shapes {@code @Add} and {@code @Concat} join. */
class JoinTest {
  private static final String WIDE = "  @BayesConv(out = 8, kernel = 3, padding = 1) Layer wide;";
  private static final String SLIM =
      "  @BayesConv(out = 4, kernel = 3, padding = 1, from = \"input\") Layer slim;";
  private static final String SMALL =
      "  @BayesConv(out = 8, kernel = 3, from = \"input\") Layer small;";

  @Test
  void sumOfDifferentChannelsIsRefused() {
    assertRefused(
        net(IMAGE, WIDE, SLIM, "  @Add({\"wide\", \"slim\"}) Layer sum;"),
        "[P057] sum joins the shapes [8, 32, 32] of wide and [4, 32, 32] of slim, expected equal"
            + " ones: bring one to the other's shape, with a convolution of kernel 1 for example",
        "Layer sum");
  }

  @Test
  void channelsOfOneSizeAddUpBehindEachOther() {
    assertThat(
            generated(
                net(
                    IMAGE,
                    WIDE,
                    SLIM,
                    "  @Concat({\"slim\", \"wide\", \"input\"}) Layer all;",
                    "  @Flatten Layer flatten;")))
        .contains("[4, 32, 32] and [8, 32, 32] and [3, 32, 32] -> [15, 32, 32]");
  }

  @Test
  void imagesOfDifferentSizeAreNotPutBehindEachOther() {
    assertRefused(
        net(IMAGE, WIDE, SMALL, "  @Concat({\"wide\", \"small\"}) Layer all;"),
        "[P057] all joins the shapes [8, 32, 32] of wide and [8, 30, 30] of small, expected images"
            + " of one height and width, or features: bring them to one size, with padding or a"
            + " pool for example",
        "Layer all");
  }

  @Test
  void imagesAndFeaturesAreNotJoined() {
    assertRefused(
        net(IMAGE, WIDE, "  @Flatten Layer flat;", "  @Concat({\"wide\", \"flat\"}) Layer all;"),
        "[P057] all joins the shapes [8, 32, 32] of wide and [8192] of flat, expected images of one"
            + " height and width, or features: join what comes before the @Flatten field, or"
            + " flatten all",
        "Layer all");
  }

  @Test
  void featuresAddUpBehindEachOther() {
    assertThat(
            generated(
                net(
                    "features = 4",
                    "  @BayesLinear(out = 6) Layer one;",
                    "  @Concat({\"one\", \"input\"}) Layer both;",
                    "  @BayesLinear(out = 2, in = 10) Layer fc;")))
        .contains("// both  [6] and [4] -> [10]");
  }

  @Test
  void sumOfFeaturesOfDifferentCountIsRefused() {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 6) Layer one;",
            "  @Add({\"one\", \"input\"}) Layer sum;"),
        "[P057] sum joins the shapes [6] of one and [4] of input, expected equal ones",
        "Layer sum");
  }

  @Test
  void openShapesThatDifferByANumberAreRefused() {
    assertRefused(
        net(
            "channels = 8, height = FREE, width = FREE",
            "  @BayesConv(out = 8, kernel = 3) Layer conv;",
            "  @Add({\"conv\", \"input\"}) Layer sum;"),
        "[P057] sum joins the shapes [8, height - 2, width - 2] of conv and [8, height, width] of"
            + " input",
        "Layer sum");
  }

  @Test
  void openShapesThatMayAgreeAreLeftToTheRuntime() {
    assertAccepted(
        net(
            "channels = FREE, height = 8, width = 8",
            "  @BayesConv(out = 8, kernel = 3, padding = 1) Layer conv;",
            "  @Add({\"conv\", \"input\"}) Layer sum;",
            "  @Flatten Layer flatten;"));
  }
}
