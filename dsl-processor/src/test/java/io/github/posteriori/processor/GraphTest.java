package io.github.posteriori.processor;

import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.assertRefused;
import static io.github.posteriori.processor.Nets.net;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How layers are connected by {@code from}. */
class GraphTest {
  @ParameterizedTest
  @CsvSource({"hiden, hidden", "Hidden, hidden", "activ, active"})
  void misspeltSourceIsRefusedWithTheNameThatIsMeant(String written, String meant) {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 8) Layer hidden;",
            "  @Activate Layer active;",
            "  @BayesLinear(out = 2,",
            "    from = \"" + written + "\") Layer fc;"),
        "[P040] from names "
            + written
            + ", but the class has no such layer: did you mean "
            + meant
            + "?",
        "from =");
  }

  @Test
  void unknownSourceLikeNoOtherNameIsRefused() {
    assertRefused(
        net("features = 4", "  @BayesLinear(out = 2, from = \"images\") Layer fc;"),
        "[P040] from names images, but the class has no such layer: name one of the fields before,"
            + " or leave it out to take the one just before",
        "from =");
  }

  @Test
  void nameOfWhichNothingWouldBeKeptIsNotWhatIsMeant() {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 8) Layer a;",
            "  @BayesLinear(out = 2, from = \" \") Layer fc;"),
        "[P040] from names \" \", but the class has no such layer: name one of the fields before",
        "from =");
  }

  @ParameterizedTest
  @CsvSource({"b", "c"})
  void sourceThatIsNotDeclaredBeforeIsRefused(String source) {
    assertRefused(
        net(
            "features = 4",
            "  @Activate Layer a;",
            "  @Activate(from = \"" + source + "\") Layer b;",
            "  @BayesLinear(out = 2) Layer c;"),
        "[P041] from names "
            + source
            + ", which is not declared before b: layers take the output"
            + " of earlier fields, so move the declaration",
        "from =");
  }

  @Test
  void outputThatNobodyTakesIsRefusedAtItsField() {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 8) Layer hidden;",
            "  @Activate Layer forgotten;",
            "  @BayesLinear(out = 2, from = \"hidden\") Layer fc;"),
        "[P042] nobody takes the output of forgotten, and it is not the last layer: remove the"
            + " field, or let a later one take it",
        "Layer forgotten");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P045 | @Block(from = \"conv\") String other;",
        "P048 | @Custom(from = \"conv\") String other;",
        "P021 | @Activate @BatchNorm(from = \"conv\") Layer other;",
        "P021 | @Activate @Add({\"conv\", \"twin\"}) Layer other;",
      })
  void outputThatAFaultyFieldTakesIsTaken(String id, String field) {
    assertRefused(
        net(
            IMAGE,
            "  @BayesConv(out = 4, kernel = 3) Layer conv;",
            "  @BayesConv(out = 4, kernel = 3, from = \"input\") Layer twin;",
            "  " + field,
            "  @Concat({\"twin\", \"other\"}) Layer both;"),
        "[" + id + "]",
        " other;");
  }

  @Test
  void sourceJustBeforeMayBeNamed() {
    assertAccepted(
        net(
            "features = 4",
            "  @BayesLinear(out = 8) Layer hidden;",
            "  @Activate(from = \"hidden\") Layer active;",
            "  @BayesLinear(out = 2, from = \"active\") Layer fc;"));
  }

  @Test
  void inputOfTheNetworkMayBeNamed() {
    assertAccepted(
        net(
            "features = 4",
            "  @BayesLinear(out = 4) Layer hidden;",
            "  @Activate(from = BayesModel.INPUT) Layer active;",
            "  @Add({\"hidden\", \"active\", \"input\"}) Layer sum;",
            "  @BayesLinear(out = 2) Layer fc;"));
  }

  @Test
  void misspeltInputIsRefusedWithTheNameThatIsMeant() {
    assertRefused(
        net("features = 4", "  @BayesLinear(out = 2, from = \"inputs\") Layer fc;"),
        "[P040] from names inputs, but the class has no such layer: did you mean input?",
        "from =");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Concat"})
  void misspeltNameIsRefusedWhereItStandsInTheList(String join) {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 4) Layer one;",
            "  @BayesLinear(out = 4) Layer two;",
            "  @" + join + "({\"one\",",
            "    \"tow\"}) Layer both;"),
        "[P040] @" + join + " names tow, but the class has no such layer: did you mean two?",
        "tow");
  }

  @Test
  void emptyNameInAListIsRefused() {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 4) Layer one;",
            "  @Add({\"one\", \"\"}) Layer both;"),
        "[P040] @Add names \"\", but the class has no such layer: name fields declared before",
        "@Add");
  }

  @Test
  void joinOfALaterLayerIsRefused() {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 4) Layer one;",
            "  @Add({\"one\", \"two\"}) Layer sum;",
            "  @BayesLinear(out = 4) Layer two;"),
        "[P041] @Add names two, which is not declared before sum: layers take the output of earlier"
            + " fields, so move the declaration",
        "@Add");
  }

  @ParameterizedTest
  @CsvSource({"'{}', nothing", "'{\"one\"}', one output", "'\"one\"', one output"})
  void joinOfFewerThanTwoIsRefused(String names, String found) {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 4) Layer one;",
            "  @Concat(" + names + ") Layer joined;",
            names.equals("{}") ? "  @BayesLinear(out = 2, from = \"one\") Layer fc;" : ""),
        "[P043] @Concat joins " + found + ", expected the names of at least two fields",
        "Layer joined");
  }

  @Test
  void joinOfOneOutputTwiceIsRefused() {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 4) Layer one;",
            "  @Add({\"one\",",
            "    \"one\"}) Layer sum;"),
        "[P044] @Add names one twice, expected different fields: remove one of the two",
        "    \"one\"}");
  }
}
