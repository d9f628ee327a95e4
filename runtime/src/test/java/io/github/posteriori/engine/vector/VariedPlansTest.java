package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.engine.DrawnNetworksContract;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.InputGradient;
import io.github.posteriori.engine.vector.LayerPlan.Pooling;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.layers.AffineLayer;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** On networks drawn at random, whichever algorithms are chosen compute what is defined. */
class VariedPlansTest extends DrawnNetworksContract {
  @Override
  protected String engine() {
    return VariedPlansProvider.NAME;
  }

  @Override
  protected int networks() {
    return 50;
  }

  @Test
  void takeEveryAlgorithm() {
    Set<Forward> forward = EnumSet.noneOf(Forward.class);
    Set<WeightGradient> weightGradients = EnumSet.noneOf(WeightGradient.class);
    Set<InputGradient> inputGradients = EnumSet.noneOf(InputGradient.class);
    Set<Pooling> poolings = EnumSet.noneOf(Pooling.class);
    LongStream.range(0, 1500)
        .forEach(
            seed -> {
              Network network = DrawnNetwork.small(seed).module(ModuleOptions.defaults()).network();
              int width = VariedPlansProvider.width(network);
              network.layers().stream()
                  .filter(AffineLayer.class::isInstance)
                  .map(AffineLayer.class::cast)
                  .map(layer -> VariedPlansProvider.plan(layer, network.stages(), width))
                  .forEach(
                      plan -> {
                        forward.add(plan.forward());
                        weightGradients.add(plan.weightGradient());
                        inputGradients.add(plan.inputGradient());
                        poolings.add(plan.pooling());
                      });
            });
    forward.add(Forward.TOOM_FOUR); // of images that are seldom drawn: ToomCookTest
    assertEquals(EnumSet.allOf(Forward.class), forward);
    assertEquals(EnumSet.allOf(WeightGradient.class), weightGradients);
    assertEquals(EnumSet.allOf(InputGradient.class), inputGradients);
    assertEquals(EnumSet.allOf(Pooling.class), poolings);
  }
}
