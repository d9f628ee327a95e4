package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Prediction;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.calibration.SetScore;
import io.github.posteriori.calibration.Temperature;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.models.LeNetModule;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ExportCommandTest {
  private static final int DIGITS = 20;
  private static final long[] SHAPE = {DIGITS, 1, 32, 32};

  @TempDir private Path folder;

  private Path model() {
    return folder.resolve("model.onnx");
  }

  private Outcome export(Path checkpoint, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("export", checkpoint.toString(), model().toString()));
    arguments.addAll(Arrays.asList(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private static float[] digits() {
    Dataset digits = Digits.digits(DIGITS, 77);
    float[] pixels = new float[DIGITS * 32 * 32];
    for (int i = 0; i < DIGITS; i++) {
      digits.image(i, pixels, i * 32 * 32);
    }
    return pixels;
  }

  private static INDArray images() {
    return Nd4j.create(digits(), SHAPE, 'c');
  }

  /** Runs the model on drawn digits. */
  private Map<String, float[][]> run() throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, float[][]> outputs = new HashMap<>();
    try (OrtSession session = environment.createSession(model().toString());
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(digits()), SHAPE);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      for (String name : session.getOutputNames()) {
        outputs.put(name, (float[][]) result.get(name).orElseThrow().getValue());
      }
    }
    return outputs;
  }

  @Test
  void theModelAnswersAsTheCheckpointDoes() throws IOException, OrtException {
    Outcome exported =
        export(TrainedDigits.checkpoint(), "--samples", "200", "--seed", "1", "--json");
    assertEquals(0, exported.code(), exported.err());
    JsonNode json = exported.json();
    assertEquals(model().toString(), json.get("file").asText());
    assertEquals(Files.size(model()), json.get("bytes").asLong());
    assertEquals(17, json.get("opset").asInt());
    assertEquals("[\"probabilities\",\"epistemic\",\"aleatoric\"]", json.get("outputs").toString());
    Prediction expected = BayesLeNetModule.load(TrainedDigits.checkpoint()).predict(images(), 200);
    Map<String, float[][]> found = run();
    for (int i = 0; i < DIGITS; i++) {
      for (int k = 0; k < 10; k++) {
        double epistemic = expected.epistemic().getDouble(i, k);
        assertEquals(
            expected.probabilities().getDouble(i, k),
            found.get("probabilities")[i][k],
            5 * Math.sqrt(2 * epistemic / 200) + 1e-4);
      }
    }
  }

  @Test
  void withoutSamplesTheModelAnswersAsPredictMomentsDoes() throws OrtException {
    Outcome exported = export(TrainedDigits.checkpoint(), "--sample-free");
    assertEquals(0, exported.code(), exported.err());
    Prediction expected =
        BayesLeNetModule.load(TrainedDigits.checkpoint()).predictMoments(images());
    Map<String, float[][]> found = run();
    for (int i = 0; i < DIGITS; i++) {
      assertArrayEquals(
          expected.probabilities().getRow(i).toFloatVector(), found.get("probabilities")[i], 1e-4f);
      assertArrayEquals(
          expected.epistemic().getRow(i).toFloatVector(), found.get("epistemic")[i], 1e-4f);
    }
  }

  @Test
  void thePointEstimateHasTheLogitsOfTheMeans() throws OrtException {
    Outcome exported = export(TrainedDigits.checkpoint(), "--estimator", "point", "--json");
    assertEquals(0, exported.code(), exported.err());
    assertTrue(exported.err().contains("estimator POINT replaces the saved LRT"), exported.err());
    INDArray expected =
        BayesLeNetModule.load(
                TrainedDigits.checkpoint(), ModuleOptions.defaults().withEstimator(Estimator.POINT))
            .forward(images())
            .logits();
    float[][] found = run().get("logits");
    for (int i = 0; i < DIGITS; i++) {
      assertArrayEquals(expected.getRow(i).toFloatVector(), found[i], 1e-4f);
    }
  }

  @Test
  void aFrequentistNetworkHasNoEpistemicUncertainty() throws OrtException {
    Path checkpoint = folder.resolve("frequentist.safetensors");
    LeNetModule.create(1, 10, ModuleOptions.defaults()).save(checkpoint);
    Outcome exported = export(checkpoint);
    assertEquals(0, exported.code(), exported.err());
    assertTrue(exported.err().contains("no posterior to sample: epistemic is 0"), exported.err());
    for (float[] image : run().get("epistemic")) {
      assertArrayEquals(new float[10], image);
    }
  }

  @Test
  void theModelHasTheTemperatureOfACalibratedNetwork() throws OrtException {
    LeNetModule net = LeNetModule.create(1, 10, ModuleOptions.defaults());
    INDArray raw = net.predict(images(), 1).probabilities();
    ConformalSets sets = new ConformalSets(new SetScore.Lac(), 0.5);
    net.calibration(new Calibration.OfClasses(0.9, 20, 1, new Temperature(0.2), sets));
    Path checkpoint = folder.resolve("calibrated.safetensors");
    net.save(checkpoint);
    assertEquals(0, export(checkpoint).code());
    float[][] found = run().get("probabilities");
    INDArray expected = net.predict(images(), 1).probabilities();
    assertEquals(0, export(checkpoint, "--estimator", "point").code());
    float[][] logits = run().get("logits");
    for (int i = 0; i < DIGITS; i++) {
      assertArrayEquals(expected.getRow(i).toFloatVector(), found[i], 1e-5f);
      float[] divided = net.forward(images()).logits().getRow(i).div(0.2).toFloatVector();
      assertArrayEquals(divided, logits[i], 1e-4f);
    }
    assertTrue(expected.distance1(raw) > 0.1);
  }

  @Test
  void whatCannotBeWrittenIsRefusedAndNothingIsLeft() {
    refuses(2, "ends in .onnx", "export", TrainedDigits.checkpoint().toString(), "model.pt");
    refuses(
        2,
        "samples is 5, but the estimator is point, which draws none",
        command("--samples", "5", "--estimator", "point"));
    refuses(2, "samples is 0, expected at least 1", command("--samples", "0"));
    refuses(2, "--samples stands beside --sample-free", command("--sample-free", "--samples", "5"));
    refuses(
        2,
        "--estimator point stands beside --sample-free",
        command("--sample-free", "--estimator", "point"));
    refuses(2, "seed is 3, but --sample-free draws", command("--sample-free", "--seed", "3"));
    refuses(2, "expected one of [lrt, bbb, point]", command("--estimator", "mean"));
    refuses(1, "cannot read", "export", folder.resolve("none").toString(), model().toString());
    refuses(
        1,
        "cannot write " + folder.resolve("none/model.onnx"),
        "export",
        TrainedDigits.checkpoint().toString(),
        folder.resolve("none/model.onnx").toString());
    assertFalse(Files.exists(model()));
  }

  private String[] command(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("export", TrainedDigits.checkpoint().toString(), model().toString()));
    arguments.addAll(Arrays.asList(more));
    return arguments.toArray(String[]::new);
  }

  private static void refuses(int code, String message, String... arguments) {
    Outcome refused = Outcome.of(arguments);
    assertEquals(code, refused.code(), refused.err());
    assertTrue(refused.err().contains(message), refused.err());
    assertEquals("", refused.out());
  }
}
