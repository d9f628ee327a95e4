package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.assertWarned;
import static io.github.posteriori.processor.Nets.compile;
import static io.github.posteriori.processor.Nets.generated;
import static io.github.posteriori.processor.Nets.source;

import com.google.testing.compile.Compilation;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is likely a mistake, but no fault. */
class WarningTest {
  private static final String FC = "  @BayesLinear(out = 2) Layer fc;";

  private static JavaFileObject net(String model, String... body) {
    return source(
        "test.Net", "@BayesModel(" + model + ")", "class Net {", String.join("\n", body), "}");
  }

  @ParameterizedTest
  @CsvSource({
    "@Activate, Activate",
    "@Dropout(0.5), Dropout",
    "@BatchNorm, BatchNorm",
    "'@Concat({\"fc\", \"input\"})', Concat"
  })
  void lastLayerThatIsNotLinearIsWarnedOf(String layer, String annotation) {
    assertWarned(
        net("features = 4", FC, "  " + layer + " Layer last;"),
        "[P070] the last layer, last, is a @"
            + annotation
            + ", and classes are told apart by a linear one: end in @BayesLinear or @Linear, or add"
            + " @SuppressWarnings(\"posteriori\")",
        "Layer last");
  }

  @Test
  void networkThatEndsInALinearLayerIsNot() {
    assertAccepted(net("features = 4", FC));
    assertAccepted(net("features = 4", "  @Linear(out = 2) Layer fc;"));
  }

  @Test
  void networkThatIsABlockMayEndInAnything() {
    assertThat(
            compile(
                net("features = 4", "  @Block Inner inner;", FC),
                source(
                    "test.Inner",
                    "@BayesModel(features = FREE) class Inner { @Activate Layer act; }")))
        .succeededWithoutWarnings();
    assertAccepted(
        net(
            "channels = FREE, height = FREE, width = FREE",
            "  @BayesConv(out = 4, kernel = 1) Layer conv;"));
  }

  @Test
  void networkThatEndsInABlockIsJudgedByTheBlocksLastLayer() {
    JavaFileObject head = source("test.Head", "@BayesModel(features = FREE) class Head {", FC, "}");
    JavaFileObject act =
        source("test.Act", "@BayesModel(features = FREE) class Act { @Activate Layer act; }");
    assertThat(compile(net("features = 4", "  @Block Head head;"), head))
        .succeededWithoutWarnings();
    assertThat(compile(net("features = 4", FC, "  @Block Act act;"), act))
        .hadWarningContaining("[P070] the last layer, act, is a @Block");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"posteriori\"", "{\"unchecked\", \"posteriori\"}"})
  void warningsAreSilencedOnTheClassOrTheField(String suppressed) {
    String suppress = "@SuppressWarnings(" + suppressed + ") ";
    String act = "  @Activate Layer act;";
    assertAccepted(net("features = 4", FC, suppress + act));
    assertAccepted(
        source("test.Net", suppress + "@BayesModel(features = 4) class Net {", FC, act, "}"));
    assertThat(compile(net("features = 4", FC, "@SuppressWarnings(\"unchecked\") " + act)))
        .hadWarningContaining("[P070]");
  }

  @Test
  void dropoutBeforeAMaxPoolIsWarnedOf() {
    String drop = "  @Dropout(0.5) Layer drop;";
    String flat = "  @Flatten Layer flat;";
    assertWarned(
        net(IMAGE, drop, "  @MaxPool(kernel = 2, stride = 2) Layer pool;", flat, FC),
        "[P074] drop drops out before pool, a @MaxPool, which then keeps the largest survivor,"
            + " scaled up: what follows would be trained on larger values than it meets later; put"
            + " @Dropout behind @MaxPool, or add @SuppressWarnings(\"posteriori\")",
        "Layer drop");
    assertAccepted(net(IMAGE, "  @MaxPool(kernel = 2, stride = 2) Layer pool;", drop, flat, FC));
    assertAccepted(net(IMAGE, drop, "  @AvgPool(kernel = 2, stride = 2) Layer pool;", flat, FC));
  }

  @Test
  void suppressionDoesNotSilenceErrors() {
    assertThat(
            compile(
                net("features = 4", "  @SuppressWarnings(\"posteriori\") @Flatten Layer flat;")))
        .hadErrorContaining("[P054]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LRT", "BBB", "POINT"})
  void estimatorWithoutABayesianLayerIsWarnedOf(String estimator) {
    assertWarned(
        net("features = 4,\n estimator = " + estimator, "  @Linear(out = 2) Layer fc;"),
        "[P071] estimator is stated, but Net has no Bayesian layer to apply it to: remove it, or"
            + " use @BayesConv and @BayesLinear",
        "estimator =");
  }

  @Test
  void estimatorOfABayesianLayerInABlockIsOfUse() {
    assertAccepted(net("features = 4, estimator = BBB", FC));
    assertThat(
            compile(
                net(
                    "features = 4, estimator = BBB",
                    "  @Block Inner inner;",
                    "  @Linear(out = 2) Layer fc;"),
                source("test.Inner", "@BayesModel(features = FREE) class Inner {", FC, "}")))
        .succeededWithoutWarnings();
  }

  @Test
  void annotatedStaticFieldIsWarnedOf() {
    assertWarned(
        net("features = 4", "  @Activate static Layer shared;", FC),
        "[P028] shared is static, and so no layer of the network: remove 'static', or else the"
            + " annotation",
        "Layer shared");
    assertAccepted(net("features = 4", "  static Layer shared;", FC));
  }

  @ParameterizedTest
  @CsvSource({
    "'@MaxPool(kernel = 3, stride = 2)', 1 row and 1 column",
    "'@MaxPool(kernel = {3, 2})', 2 rows",
    "'@AvgPool(kernel = {1, 5})', 2 columns",
    "'@MaxPool(kernel = 5, stride = 5, padding = 2)', ''",
    "'@MaxPool(kernel = 5, stride = 5, padding = {1, 2})', 3 rows",
    "'@MaxPool(kernel = 3, stride = 3, padding = 1)', ''",
    "'@BayesConv(out = 1, kernel = 1, stride = 2)', 16 rows and 16 columns",
    "'@BayesConv(out = 1, kernel = 2, stride = {3, 2})', 10 rows",
    "'@BayesConv(out = 1, kernel = 2, dilation = 2, stride = 2)', 1 row and 1 column",
    "'@BayesConv(out = 1, kernel = 5, stride = 2, padding = 2)', ''",
    "'@MaxPool(kernel = 2)', ''"
  })
  void pixelsThatNoWindowSpansAreNoted(String layer, String leftOut) {
    Compilation compilation =
        compile(net(IMAGE, "  " + layer + " Layer slides;", "  @Flatten Layer flatten;", FC));
    assertThat(compilation).succeededWithoutWarnings();
    if (leftOut.isEmpty()) {
      assertThat(compilation).hadNoteCount(0);
    } else {
      assertThat(compilation)
          .hadNoteContaining(
              "[P072] slides leaves out "
                  + leftOut
                  + " of its input [3, 32, 32]: choose kernel, stride and padding that cover it, if"
                  + " these pixels matter");
      assertThat(generated(net(IMAGE, "  " + layer + " Layer slides;", "  @Flatten Layer f;", FC)))
          .contains("leaves out " + leftOut + "</td>");
    }
  }

  @Test
  void notesAreSilencedLikeWarnings() {
    assertThat(
            compile(
                net(
                    IMAGE,
                    "  @SuppressWarnings(\"posteriori\") @MaxPool(kernel = 5) Layer pool;",
                    "  @Flatten Layer flatten;",
                    FC)))
        .hadNoteCount(0);
  }
}
