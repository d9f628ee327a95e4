package io.github.posteriori.processor;

import static io.github.posteriori.processor.Nets.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.JavaFileObjects;
import io.github.posteriori.BayesModule;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The generated backward pass is that of the generated forward pass: along random directions, the
 * gradient of every parameter is the slope of the loss. In float a slope is known to a percent or
 * so; a gradient that takes a wrong way, or is left out of a sum, is off by far more.
 */
class GeneratedGradientTest {
  private static final int IMAGES = 4;
  private static final float STEP = 2e-3f;
  private static final double TOLERANCE = 0.03;

  @Test
  void ofForksJoinsBlocksAndCustomLayers() throws Exception {
    Path golden = Path.of("src", "test", "resources", "golden", "Wired.java");
    check(
        LoadedModule.create(
            "io.github.posteriori.golden.Wired_NetModule",
            new int[] {3, 5, 4},
            JavaFileObjects.forResource(golden.toUri().toURL())));
  }

  @Test
  void ofOutputsThatManyTake() throws Exception {
    check(
        LoadedModule.create(
            "test.NetModule",
            new int[0],
            source(
                "test.Net",
                "@BayesModel(features = 6) class Net {",
                "  @BayesLinear(out = 6) Layer a;",
                "  @Activate Layer b;",
                "  @BayesLinear(out = 6) Layer c;",
                "  @BayesLinear(out = 6, from = \"b\") Layer d;",
                "  @Add({\"b\", \"c\", \"d\", \"input\"}) Layer e;",
                "  @Activate Layer f;",
                "  @Concat({\"f\", \"input\", \"a\"}) Layer g;",
                "  @BayesLinear(out = 3) Layer h;",
                "}")));
  }

  private static void check(BayesModule module) {
    int inputs = module.inputShape().size() * IMAGES;
    float[] images = NoiseKey.training(1, 1).of(0).normal(0, 1, inputs);
    float[] weights =
        NoiseKey.training(1, 2).of(0).normal(0, 1, module.outputShape().size() * IMAGES);
    assertEquals(loss(module, images, weights), loss(module, images, weights), "not repeatable");
    for (Parameter parameter : module.parameters()) {
      if (parameter.trained()) {
        float[] value = new float[parameter.size()];
        parameter.read(value);
        float[] random = NoiseKey.training(2, 3).of(0).normal(0, 1, value.length);
        loss(module, images, weights);
        float[] gradient = new float[value.length];
        parameter.readGradient(0, gradient.length, gradient, 0);
        // Half along the gradient, which makes the slope large, and half anywhere.
        double norm = Math.max(norm(gradient), 1e-6);
        double length = norm(random);
        double[] direction = new double[value.length];
        double expected = 0;
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random[i] / length + gradient[i] / norm;
          expected += gradient[i] * direction[i];
        }
        parameter.write(moved(value, direction, STEP));
        double up = loss(module, images, weights);
        parameter.write(moved(value, direction, -STEP));
        double down = loss(module, images, weights);
        parameter.write(value);
        double slope = (up - down) / (2 * STEP);
        assertTrue(
            Math.abs(slope - expected) <= TOLERANCE * (norm + 0.1),
            parameter.name() + ": slope " + slope + ", gradient " + expected + " of " + norm);
      }
    }
  }

  private static double norm(float[] numbers) {
    double squares = 0;
    for (float number : numbers) {
      squares += (double) number * number;
    }
    return Math.sqrt(squares);
  }

  private static float[] moved(float[] value, double[] direction, float step) {
    float[] moved = new float[value.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (value[i] + step * direction[i]);
    }
    return moved;
  }

  /** The sum of all logits, each times a fixed number; gradients are left in the parameters. */
  private static double loss(BayesModule module, float[] images, float[] weights) {
    Objective weightedSum =
        (first, count, logits, gradients) -> {
          double sum = 0;
          for (int i = 0; i < weights.length; i++) {
            sum += (double) weights[i] * logits[0][i];
            gradients[0][i] = weights[i];
          }
          return sum;
        };
    return module
        .runner()
        .gradients(new StepRequest(images, IMAGES, NoiseKey.training(7, 1), 1, 0, weightedSum))
        .objective();
  }
}
