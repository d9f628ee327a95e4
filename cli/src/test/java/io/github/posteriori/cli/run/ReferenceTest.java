package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.MnistFolder;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Posterior;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  /** The weights as {@code convert} reads them. */
  private static BayesModule reference(String file, Estimator estimator) {
    return Conversion.fromWeights(
            REFERENCE.resolve(file),
            List.of(),
            Map.of(),
            Optional.empty(),
            ModuleOptions.defaults().withEstimator(estimator))
        .module();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-lrt-mnist.pt", "lenet-lrt-mnist-legacy.pt"})
  void logitsOfThePosteriorMeansAgree(String file) {
    JsonNode logits = expected.get("posterior_mean_logits");
    float[] images = new float[logits.size() * 1024];
    for (int i = 0; i < logits.size(); i++) {
      assertEquals(expected.get("labels").get(i).asInt(), test.label(i));
      test.image(i, images, i * 1024);
    }
    INDArray batch = Nd4j.create(images, new long[] {logits.size(), 1, 32, 32}, 'c');
    INDArray found = reference(file, Estimator.POINT).forward(batch).logits();
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

  @ParameterizedTest
  @ValueSource(strings = {"lenet-lrt-mnist.pt", "lenet-lrt-mnist-legacy.pt"})
  void klFromPosteriorToPriorAgrees(String file) {
    double kl = expected.get("kl_posterior_prior").asDouble();
    assertEquals(kl, reference(file, Estimator.LRT).kl(), 1e-5 * kl);
  }

  /** The divergence that PyTorch-BayesianCNN reports, the other way round. */
  @ParameterizedTest
  @ValueSource(strings = {"lenet-lrt-mnist.pt", "lenet-lrt-mnist-legacy.pt"})
  void klFromPriorToPosteriorAgrees(String file) {
    double sum = 0;
    for (NetworkLayer layer : reference(file, Estimator.LRT).network().layers()) {
      if (layer instanceof AffineLayer affine) {
        sum += klFromPrior((Posterior) affine.weight());
        sum += klFromPrior((Posterior) affine.bias().orElseThrow());
      }
    }
    double kl = expected.get("kl_prior_posterior").asDouble();
    assertEquals(kl, sum, 1e-5 * kl);
  }

  private static double klFromPrior(Posterior posterior) {
    double priorMu = posterior.prior().mu();
    double priorSigma = posterior.prior().sigma();
    double sum = 0;
    double[] mu = posterior.mu().numbers();
    double[] rho = posterior.rho().numbers();
    for (int i = 0; i < mu.length; i++) {
      double sigma = Math.log1p(Math.exp(rho[i]));
      double distance = mu[i] - priorMu;
      sum +=
          Math.log(sigma / priorSigma)
              + (priorSigma * priorSigma + distance * distance) / (2 * sigma * sigma)
              - 0.5;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-lrt-mnist.pt", "lenet-lrt-mnist-legacy.pt"})
  void testAccuracyOfThePosteriorMeansAgrees(String file) {
    double accuracy =
        new Evaluator(reference(file, Estimator.POINT), 1, 500).evaluate(test).accuracy();
    assertEquals(expected.get("test_accuracy_posterior_mean").asDouble(), accuracy, 0.001);
  }
}
