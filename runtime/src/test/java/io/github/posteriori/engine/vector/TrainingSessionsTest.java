package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.noise.NoiseKey;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training has memory for blocks of one width. */
class TrainingSessionsTest {
  static Stream<Optimiser> optimisers() {
    return Stream.of(Optimiser.adam(), Optimiser.ivon().forTraining(1000, 1));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void aSmallerLastBatchRunsInTheBlocksOfTheFirst(Optimiser optimiser) {
    assertEquals(Set.of(Lanes.FULL), widths(optimiser, 2 * Lanes.FULL, 1));
    assertEquals(Set.of(Lanes.LENGTH), widths(optimiser, 2 * Lanes.LENGTH, 1));
  }

  /** Finds the widths of the blocks that are planned in a training of such batches. */
  private static Set<Integer> widths(Optimiser optimiser, int... batches) {
    Set<Integer> widths = new HashSet<>();
    Chain module = Chain.small(ModuleOptions.defaults(), 5);
    VectorRunner runner =
        new VectorRunner(
            module.network(),
            Lanes.FULL,
            (layer, stages, width) -> {
              widths.add(width);
              return LayerPlan.of(layer, stages, width);
            });
    OptimiserRunner training = runner.optimiser(optimiser);
    training.start();
    for (int count : batches) {
      float[] images = new float[count * module.inputShape().size()];
      training.step(
          new StepRequest(
              images, count, NoiseKey.training(1, 0), 1, 1, (first, some, logits, gradients) -> 0),
          0.1);
    }
    return widths;
  }
}
