package io.github.posteriori.examples.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.Evaluator;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.MnistFolder;
import io.github.posteriori.layers.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A LeNet that PyTorch trained gives the numbers here that it gave there. */
class ReferenceTest {
  private static final Path DATA =
      Path.of(System.getProperty("posteriori.data", "../../shared/data"));
  private static final Path REFERENCE = DATA.resolve("reference");

  private JsonNode expected;
  private Dataset test;

  @BeforeEach
  void read() throws Exception {
    assumeTrue(
        Files.isDirectory(REFERENCE) && Files.isDirectory(DATA.resolve("MNIST")),
        "needs MNIST and the reference checkpoint in " + DATA.toAbsolutePath());
    expected = new ObjectMapper().readTree(REFERENCE.resolve("lenet-lrt-mnist.json").toFile());
    test = MnistFolder.MNIST.test(DATA);
  }

  /**
   * The weights of the checkpoint: the zip holds each tensor's floats in an entry of its own,
   * numbered in order.
   */
  private static BayesLeNetModule reference(Estimator estimator) throws Exception {
    BayesLeNetModule module =
        BayesLeNetModule.create(
            1,
            10,
            ModuleOptions.defaults().withEstimator(estimator).withActivation(Activation.SOFTPLUS));
    List<Parameter> parameters = module.parameters();
    try (ZipFile zip = new ZipFile(REFERENCE.resolve("lenet-lrt-mnist.pt").toFile())) {
      for (int p = 0; p < parameters.size(); p++) {
        ZipEntry entry = zip.getEntry("lenet-lrt-mnist/data/" + p);
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        INDArray value = parameters.get(p).value();
        float[] floats = new float[(int) value.length()];
        assertEquals(4 * floats.length, bytes.length, parameters.get(p).name());
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        value.assign(Nd4j.create(floats, value.shape(), 'c'));
      }
    }
    return module;
  }

  @Test
  void logitsOfThePosteriorMeansAgree() throws Exception {
    JsonNode logits = expected.get("posterior_mean_logits");
    float[] images = new float[logits.size() * 1024];
    for (int i = 0; i < logits.size(); i++) {
      assertEquals(expected.get("labels").get(i).asInt(), test.label(i));
      test.image(i, images, i * 1024);
    }
    INDArray batch = Nd4j.create(images, new long[] {logits.size(), 1, 32, 32}, 'c');
    INDArray found = reference(Estimator.POINT).forward(batch).logits();
    for (int i = 0; i < logits.size(); i++) {
      for (int k = 0; k < 10; k++) {
        assertEquals(
            logits.get(i).get(k).asDouble(),
            found.getDouble(i, k),
            1e-4,
            "image " + i + ", class " + k);
      }
    }
  }

  @Test
  void klFromPosteriorToPriorAgrees() throws Exception {
    double kl = expected.get("kl_posterior_prior").asDouble();
    assertEquals(kl, reference(Estimator.LRT).kl(), 1e-5 * kl);
  }

  @Test
  void testAccuracyOfThePosteriorMeansAgrees() throws Exception {
    double accuracy = new Evaluator(reference(Estimator.POINT), 1, 500).evaluate(test).accuracy();
    assertEquals(expected.get("test_accuracy_posterior_mean").asDouble(), accuracy, 0.001);
  }
}
