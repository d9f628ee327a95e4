package io.github.posteriori.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.engine.Engines;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Networks drawn at random, whose outputs have one taker, several, or pass through unchanged. */
class MomentsPassTest {
  private static final int IMAGES = 5;
  private static final int SEEDS = 40;

  /** Arrays that are NaN wherever nothing was written since they were given back. */
  private static final class Watched extends SpareArrays {
    private final Set<float[]> taken = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    float[] take(int length) {
      float[] array = super.take(length);
      Arrays.fill(array, Float.NaN);
      if (length > 0) {
        taken.add(array);
      }
      return array;
    }

    @Override
    void giveBack(float[] array) {
      if (array.length > 0) {
        assertTrue(taken.remove(array), "an array was given back that is not taken");
        Arrays.fill(array, Float.NaN);
      }
      super.giveBack(array);
    }
  }

  private static Network network(long seed) {
    return DrawnNetwork.small(seed).module(ModuleOptions.defaults().withSeed(seed)).network();
  }

  private static Moments run(Network network, MomentMaps table, SpareArrays spare) {
    Map<NetworkLayer, MomentMap> maps = new IdentityHashMap<>();
    for (NetworkLayer layer : network.layers()) {
      if (!(layer instanceof JoinLayer)) {
        MomentMap map = layer.match(table);
        maps.put(layer, map);
        if (map instanceof AffineMoments affine) {
          affine.refresh();
        }
      }
    }
    float[] columns = NoiseKey.training(3, 0).of(0).uniform(0, network.input().size(), IMAGES);
    Moments x = Moments.exact(IMAGES, columns);
    return new MomentsPass(network, maps, spare).run(x);
  }

  @TestFactory
  Stream<DynamicTest> arraysAreGivenBackOnceNobodyReadsThem() {
    return LongStream.range(0, SEEDS)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "network " + seed, () -> assertGivesBackWhatNobodyReads(network(seed))));
  }

  @Test
  void theOutputStaysWhereTheLastStageHandsItOn() {
    ModuleBuilder build = new ModuleBuilder("test.Net", ModuleOptions.defaults());
    LinearLayer linear = build.linear("linear", Shape.features(4), 3, true);
    DropoutLayer dropout = build.dropout("dropout", linear.output(), 0.5);
    Stage first = new Stage(0, List.of(Stage.INPUT), List.of(linear));
    Stage last = new Stage(1, List.of(0), List.of(dropout));
    assertGivesBackWhatNobodyReads(
        new Network(
            linear.input(),
            dropout.output(),
            List.of(linear, dropout),
            List.of(first, last),
            (pass, x) -> pass.forward(last, pass.forward(first, x)),
            (pass, gradient) -> gradient));
  }

  private static void assertGivesBackWhatNobodyReads(Network network) {
    Watched spare = new Watched();
    Moments y = run(network, MomentMaps.of(network, Engines.named("vector")), spare);
    for (float[] numbers : new float[][] {y.means(), y.variances()}) {
      for (float number : numbers) {
        assertFalse(Float.isNaN(number), "a number was lost");
      }
    }
    spare.giveBack(y);
    assertEquals(0, spare.taken.size(), "arrays that were not given back");
  }

  @Test
  void aBatchNormComputedWithTheLayerBeforeItIsTheSame() {
    int together = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Network network = network(seed);
      for (NetworkLayer layer : network.layers()) {
        if (layer instanceof BatchNormLayer norm) {
          int stream = 0;
          for (Parameter parameter : norm.parameters()) {
            float[] random =
                NoiseKey.training(seed, 0).of(stream++).uniform(0, 1, parameter.size());
            for (int i = 0; i < random.length; i++) {
              Numbers.set(parameter, i, 0.5 + random[i]);
            }
          }
        }
      }
      MomentMaps table = MomentMaps.of(network, Engines.named("vector"));
      together += table.norms().size();
      Moments expected = run(network, new MomentMaps(table.engine(), Map.of()), new SpareArrays());
      Moments found = run(network, table, new SpareArrays());
      near(expected.means(), found.means(), seed);
      near(expected.variances(), found.variances(), seed);
    }
    assertTrue(together >= 10, "batch norms: " + together);
  }

  private static void near(float[] expected, float[] found, long seed) {
    float most = 0;
    for (float number : expected) {
      most = Math.max(most, Math.abs(number));
    }
    assertArrayEquals(expected, found, 2e-4f * most + 1e-9f, "network " + seed);
  }
}
