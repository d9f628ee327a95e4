package io.github.posteriori.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.ValuePrediction;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.models.BayesLeNetModule;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ServedNumbersTest {
  private static final int PIXELS = 32 * 32;

  @Test
  void aNetworkOfNumbersTellsWhatPredictTellsInTheUnitsOfItsTarget() throws Exception {
    BayesModule module = trained();
    ServeSettings settings = Served.settings(5, 4, 8, 10);
    try (PictureServer server =
        PictureServer.start(module, Served.willingness(module), false, settings)) {
      Served served = new Served(module, server);
      JsonNode answer = Served.json(served.post("predict", Served.digit(0)));

      assertTrue(answer.toString().contains("\"target\":\"ink [g]\""), answer.toString());
      assertTrue(answer.get("mean").asDouble() > 1000, "in grams, not in standard deviations");
      assertEquals(2, answer.get("interval_95").size());
      JsonNode health = Served.json(served.get("health"));
      assertEquals("[\"ink [g]\"]", health.get("targets").toString());
      assertFalse(health.has("classes"));
    }
    float[] pixels = new float[2 * PIXELS];
    pixels[PIXELS] = 0.5f;
    ValuePrediction alone =
        module.predictValues(
            Nd4j.create(Arrays.copyOf(pixels, PIXELS), module.inputShape().batch(1), 'c'), 5);
    for (Told told : Told.ask(module, pixels, 2, 5).subList(0, 1)) {
      assertTrue(
          told.answer(OptionalDouble.empty(), null)
              .toString()
              .contains("mean=" + alone.mean().getDouble(0)),
          "as if it were alone");
    }
  }

  private static BayesModule trained() {
    BayesModule module = BayesLeNetModule.create(1, 1, ModuleOptions.defaults().withSeed(3));
    float[][] images = new float[8][PIXELS];
    float[][] grams = new float[8][1];
    for (int i = 0; i < 8; i++) {
      images[i][i] = 1;
      grams[i][0] = 5000 + i;
    }
    Dataset set =
        Dataset.ofValues("ink", Shape.image(1, 32, 32), List.of("ink [g]"), images, grams);
    TrainingOptions options =
        TrainingOptions.defaults().withEpochs(1).withLikelihood(Likelihood.gaussian());
    Trainer.of(module, options).fit(set);
    return module;
  }
}
