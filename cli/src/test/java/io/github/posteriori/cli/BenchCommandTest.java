package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  private static Outcome measured;

  @BeforeAll
  static void measure() {
    String[] command =
        ("bench --explain --optimiser ivon --estimator bbb --batch 7 --steps 2 --samples 2"
                + " --engine vector --json")
            .split(" ");
    measured = Outcome.of(command);
    assertEquals(0, measured.code(), measured.err());
  }

  @Test
  void measuresStepsAndPredictionsOfTheEngineThatItIsTold() throws IOException {
    JsonNode report = measured.json();
    assertEquals("vector", report.get("engine").asText());
    assertEquals(Runtime.getRuntime().availableProcessors(), report.get("threads").asInt());
    double step = report.get("step_ms_median").asDouble();
    assertTrue(step > 0 && report.get("step_ms_min").asDouble() <= step, measured.out());
    assertTrue(report.get("predict_ms_median").asDouble() > 0, measured.out());
    assertEquals(7e3 / step, report.get("images_per_second").asDouble(), 1e-6 / step);
    assertTrue(report.has("rss_mb"), measured.out());
    assertTrue(report.get("full_speed_seconds").asDouble() > 0, measured.out());
  }

  @Test
  void explainsTheAlgorithmsOfEveryLayerBeforeItMeasures() {
    List<String> lines = measured.out().lines().toList();
    List<String> layers = List.of("conv1", "conv2", "fc1", "fc2", "fc3");
    for (int i = 0; i < layers.size(); i++) {
      String line = lines.get(i);
      assertTrue(line.startsWith(layers.get(i) + ": "), line);
      assertTrue(line.matches(".*forward [A-Z_]+, weight gradient [A-Z_]+, .* \\(.+\\)"), line);
    }
    assertTrue(lines.get(layers.size()).startsWith("lenet on vector"), measured.out());
  }

  @Test
  void measuresANetworkOfSignals() throws IOException {
    Outcome measured =
        Outcome.of(
            "bench",
            "--net",
            "signal",
            "--kind",
            "frequentist",
            "--batch",
            "2",
            "--steps",
            "1",
            "--samples",
            "0",
            "--engine",
            "vector",
            "--json");
    assertEquals(0, measured.code(), measured.err());
    assertTrue(measured.json().get("step_ms_median").asDouble() > 0, measured.out());
  }

  @Test
  void refusesABatchOfNothing() {
    Outcome refused = Outcome.of("bench", "--batch", "0");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("batch is 0, expected at least 1"), refused.err());
  }
}
