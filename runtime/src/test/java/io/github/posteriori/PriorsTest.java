package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import io.github.posteriori.annotations.Prior;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(doubles = {-1, -2, -0.1, 0, Double.NaN, Double.POSITIVE_INFINITY})
  void aDeviationThatIsNoneIsRefused(double sigma) {
    assertEquals(
        "prior sigma is " + sigma + ", expected a number above 0, or Prior.HE",
        assertThrows(IllegalArgumentException.class, () -> Priors.defaults().withSigma(sigma))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"mu", "muMean", "rhoMean", "rhoStd"})
  void heIsRefusedWhereItMeansNothing(String element) {
    double he = Prior.HE;
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Priors(
                    element.equals("mu") ? he : 0,
                    1,
                    element.equals("muMean") ? he : 0,
                    1,
                    element.equals("rhoMean") ? he : 0,
                    element.equals("rhoStd") ? he : 0));
    assertTrue(
        refusal.getMessage().startsWith("prior " + element + " is he, expected "),
        refusal.getMessage());
  }

  @Test
  void filesSayHe() throws Exception {
    Priors priors = Priors.defaults().withSigma(Prior.HE);
    String json = JSON.writeValueAsString(priors);
    assertEquals(
        "{\"mu\":0.0,\"sigma\":\"he\",\"muMean\":0.0,\"muStd\":\"he\",\"rhoMean\":-5.0,"
            + "\"rhoStd\":0.1}",
        json);
    assertEquals(priors, JSON.readValue(json, Priors.class));
    assertEquals(
        Priors.ofPyTorchBayesianCnn(),
        JSON.readValue(JSON.writeValueAsString(Priors.ofPyTorchBayesianCnn()), Priors.class));
  }

  @Test
  void filesOfVersion01SayMinusOneForHe() throws Exception {
    assertEquals(
        Priors.defaults(),
        JSON.readValue(
            "{\"mu\":0.0,\"sigma\":0.1,\"muMean\":0.0,\"muStd\":-1.0,\"rhoMean\":-5.0,"
                + "\"rhoStd\":0.1}",
            Priors.class));
  }

  @Test
  void anotherWordInAFileIsRefused() {
    assertThrows(
        InvalidFormatException.class,
        () ->
            JSON.readValue(
                "{\"mu\":0,\"sigma\":\"wide\",\"muMean\":0,\"muStd\":1,\"rhoMean\":0,\"rhoStd\":0}",
                Priors.class));
  }

  @Test
  void heIsSaidByItsName() {
    assertEquals(
        "Priors[mu=0.0, sigma=0.1, muMean=0.0, muStd=he, rhoMean=-5.0, rhoStd=0.1]",
        Priors.defaults().toString());
  }
}
