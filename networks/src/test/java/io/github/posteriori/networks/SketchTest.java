package io.github.posteriori.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code new} writes. */
class SketchTest {
  private static final int MOST_FLATTENED = 128 * 8 * 8;

  static Stream<Arguments> shapes() {
    return Stream.of(
            Shape.image(1, 28, 28),
            Shape.image(3, 32, 32),
            Shape.image(3, 224, 224),
            Shape.image(1, 8, 8),
            Shape.image(2, 5, 61),
            Shape.image(4, 99, 75),
            Shape.image(12, 1, 1024),
            Shape.image(1, 1, 187),
            Shape.features(7),
            Shape.features(300))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void compilesWithoutAWordAndTrains(Shape shape) {
    String source = Sketch.of("Start", Kind.BAYESIAN, shape, 3, "in 3 classes");
    CompiledNets compiled =
        new Compiler(ClassPath.none()).compile(new NetSource("Start.java", source), "Start.java");
    assertEquals("", compiled.printed());
    BayesModule module =
        compiled.choose(Optional.empty()).create(Map.of(), ModuleOptions.defaults());
    assertEquals(shape, module.inputShape());
    assertEquals(Shape.features(3), module.outputShape());
    float[] before = values(module);
    Trainer.of(module, TrainingOptions.defaults().withEpochs(1).withBatch(4)).fit(random(shape));
    assertFalse(Arrays.equals(before, values(module)), "no weight has moved");
    assertTrue(
        module.layers().stream()
            .allMatch(l -> !l.kind().equals("Flatten") || l.output().size() <= MOST_FLATTENED));
    assertEquals(Optional.empty(), new Compiler(ClassPath.none()).excess(compiled.source()));
  }

  private static float[] values(BayesModule module) {
    Parameter first = module.parameters().get(0);
    float[] values = new float[Math.toIntExact(first.size())];
    first.read(values);
    return values;
  }

  private static Dataset random(Shape shape) {
    Random random = new Random(5);
    float[][] examples = new float[4][shape.size()];
    for (float[] example : examples) {
      for (int i = 0; i < example.length; i++) {
        example[i] = random.nextFloat();
      }
    }
    return Dataset.of("random", shape, 3, examples, new int[] {0, 1, 2, 0});
  }

  @Test
  void isReadable() {
    assertEquals(
        """
        import io.github.posteriori.*;
        import io.github.posteriori.annotations.*;

        /** Images [1, 28, 28] in 10 classes. */
        @BayesModel(channels = 1, height = 28, width = 28, prior = @Prior(sigma = Prior.HE))
        class Net {
            @BayesConv(out = 16, kernel = 3, padding = 1)  Layer conv1;    // [16, 28, 28]
            @Activate                                      Layer act1;
            @MaxPool(kernel = 2)                           Layer pool1;    // [16, 14, 14]
            @BayesConv(out = 32, kernel = 3, padding = 1)  Layer conv2;    // [32, 14, 14]
            @Activate                                      Layer act2;
            @MaxPool(kernel = 2)                           Layer pool2;    // [32, 7, 7]
            @Flatten                                       Layer flatten;  // [1568]
            @BayesLinear(out = 10)                         Layer fc;       // [10]
        }
        """,
        Sketch.of("Net", Kind.BAYESIAN, Shape.image(1, 28, 28), 10, "in 10 classes"));
  }

  @Test
  void ofOrdinaryWeightsIsTheSameNetworkWithoutPosteriors() {
    for (Shape shape : List.of(Shape.image(12, 1, 64), Shape.features(7))) {
      BayesModule bayesian = module(Kind.BAYESIAN, shape);
      BayesModule frequentist = module(Kind.FREQUENTIST, shape);
      assertEquals(Kind.FREQUENTIST, Kind.of(frequentist));
      assertEquals(outputs(bayesian), outputs(frequentist));
      assertEquals(weights(bayesian), 2 * weights(frequentist));
    }
  }

  private static BayesModule module(Kind kind, Shape shape) {
    String source = Sketch.of("Start", kind, shape, 3, "in 3 classes");
    CompiledNets compiled =
        new Compiler(ClassPath.none()).compile(new NetSource("Start.java", source), "Start.java");
    assertEquals("", compiled.printed());
    return compiled.choose(Optional.empty()).create(Map.of(), ModuleOptions.defaults());
  }

  private static List<Shape> outputs(BayesModule module) {
    return module.layers().stream().map(layer -> layer.output()).toList();
  }

  private static long weights(BayesModule module) {
    return module.parameters().stream().mapToLong(Parameter::size).sum();
  }

  @Test
  void ofOrdinaryWeightsStatesNoPrior() {
    assertEquals(
        """
        import io.github.posteriori.*;
        import io.github.posteriori.annotations.*;

        /** 7 features to mean and noise of rent. */
        @BayesModel(features = 7)
        class Net {
            @Linear(out = 64)  Layer fc1;   // [64]
            @Activate          Layer act1;
            @Linear(out = 64)  Layer fc2;   // [64]
            @Activate          Layer act2;
            @Linear(out = 2)   Layer fc3;   // [2]
        }
        """,
        Sketch.of("Net", Kind.FREQUENTIST, Shape.features(7), 2, "to mean and noise of rent"));
  }
}
