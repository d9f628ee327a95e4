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
import io.github.posteriori.layers.NetworkLayer;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
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
    Set<Enum<?>> missing = new HashSet<>();
    Collections.addAll(missing, Forward.values());
    Collections.addAll(missing, WeightGradient.values());
    Collections.addAll(missing, InputGradient.values());
    Collections.addAll(missing, Pooling.values());
    missing.remove(Forward.TOOM_FOUR); // of images that are seldom drawn: ToomCookTest
    for (long seed = 0; seed < 1500 && !missing.isEmpty(); seed++) {
      Network network = DrawnNetwork.small(seed).module(ModuleOptions.defaults()).network();
      int width = VariedPlansProvider.width(network);
      for (NetworkLayer layer : network.layers()) {
        if (layer instanceof AffineLayer affine) {
          LayerPlan plan = VariedPlansProvider.plan(affine, network.stages(), width);
          missing.remove(plan.forward());
          missing.remove(plan.weightGradient());
          missing.remove(plan.inputGradient());
          missing.remove(plan.pooling());
        }
      }
    }
    assertEquals(Set.of(), missing);
  }
}
