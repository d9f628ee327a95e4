package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions that are averaged over views of each picture. */
class TtaTest {
  @TempDir private Path folder;

  private static Outcome train(Path run, String... more) {
    return Runs.train("--limit 200 --epochs 1 --batch 64 --shift 1 --flip --json", run, more);
  }

  private static Outcome evaluate(Path checkpoint, String... more) {
    List<String> all = new ArrayList<>(List.of("evaluate", "--checkpoint", checkpoint.toString()));
    all.addAll(List.of("--limit", "200", "--json"));
    all.addAll(Arrays.asList(more));
    return Outcome.of(all.toArray(String[]::new));
  }

  private static double nll(Outcome outcome) throws IOException {
    assertEquals(0, outcome.code(), outcome.err());
    return outcome.json().get("test_nll").asDouble();
  }

  @Test
  void theViewsAreThoseOfTheTrainingAndTheCheckpointIsTheSame() throws IOException {
    Path plain = folder.resolve("plain");
    Path viewed = folder.resolve("viewed");
    double without = nll(train(plain));
    double with = nll(train(viewed, "--tta"));
    assertNotEquals(without, with);
    JsonNode config = Runs.config(viewed);
    assertEquals("trained", config.get("tta").asText());
    Path best = viewed.resolve("best.safetensors");
    assertArrayEquals(
        Files.readAllBytes(plain.resolve("best.safetensors")), Files.readAllBytes(best));
    assertEquals(without, nll(evaluate(best)));
    assertEquals(with, nll(evaluate(best, "--tta")));
    assertEquals(with, nll(evaluate(best, "--tta", "flip,shift:1")));
    assertNotEquals(with, nll(evaluate(best, "--tta", "flip")));
    assertEquals(0, train(viewed, "--tta", "--resume").code());
  }

  @Test
  void aCalibrationIsLeftOutAndTheSamplesAreCounted() throws IOException {
    Path checkpoint = TrainedDigits.checkpoint();
    Path calibrated = folder.resolve("calibrated.safetensors");
    Outcome calibrating =
        Outcome.of(
            "calibrate",
            "--checkpoint",
            checkpoint.toString(),
            "--samples",
            "2",
            calibrated.toString());
    assertEquals(0, calibrating.code(), calibrating.err());
    Outcome viewed = evaluate(calibrated, "--tta", "shift:1", "--samples", "2");
    assertEquals(nll(evaluate(checkpoint, "--tta", "shift:1", "--samples", "2")), nll(viewed));
    assertTrue(viewed.err().contains("that of predictions without --tta"), viewed.err());
    Outcome compared =
        Outcome.of(
            "uncertainty",
            "--checkpoint",
            checkpoint.toString(),
            "--ood",
            "letters",
            "--limit",
            "60",
            "--samples",
            "2",
            "--tta",
            "shift:1",
            "--out",
            folder.toString());
    assertEquals(0, compared.code(), compared.err());
    assertTrue(compared.out().contains("posterior samples of each: 2\n"), compared.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--tta; trained without flip, shift or crop, so there are no views",
        "--tta flip; has learnt from no mirrored picture",
        "--tta rotation:10; expected flip, shift:PIXELS or both",
        "--tta picture.png; expected flip, shift:PIXELS or both",
        "--tta shift:1 --sample-free; --tta stands beside --sample-free"
      })
  void refusesViewsThatTheNetworkDoesNotKnow(String options, String found) {
    Outcome refused = evaluate(TrainedDigits.checkpoint(), options.split(" "));
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains(found), refused.err());
  }

  @Test
  void asksForViewsWhereNobodyKnowsTheTraining() throws IOException {
    Path alone = Files.copy(TrainedDigits.checkpoint(), folder.resolve("net.safetensors"));
    Outcome refused = evaluate(alone, "--tta");
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("state them, such as --tta flip,shift:2"), refused.err());
    assertEquals(0, evaluate(alone, "--tta", "flip", "--samples", "1").code());
  }
}
