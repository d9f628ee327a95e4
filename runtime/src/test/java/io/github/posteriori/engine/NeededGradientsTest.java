package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.Graph;
import io.github.posteriori.Layer;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Residual;
import io.github.posteriori.Wirings;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeededGradientsTest {
  private static final ModuleOptions OPTIONS = ModuleOptions.defaults();
  private static final Shape.Image IMAGE = Shape.image(4, 5, 4);

  /** The layers whose input's gradient somebody needs. */
  private static List<String> layers(BayesModule module) {
    NeededGradients needed = NeededGradients.of(module.network());
    return module.network().layers().stream()
        .filter(needed::byInput)
        .map(NetworkLayer::name)
        .toList();
  }

  private static List<Boolean> inputs(BayesModule module, int stage) {
    NeededGradients needed = NeededGradients.of(module.network());
    Stage found = module.network().stages().get(stage);
    return List.of(needed.byInput(found, 0), needed.byInput(found, 1));
  }

  private static Chain normThenConv() {
    return Chain.of(
        OPTIONS,
        build -> {
          NetworkLayer flat = build.activation("flat", IMAGE, Activation.TANH);
          NetworkLayer conv =
              build.bayesConv("conv", flat.output(), Filters.of(2, Window.kernel(3, 3)));
          NetworkLayer act = build.activation("act", conv.output(), Activation.RELU);
          NetworkLayer pool = build.maxPool("pool", act.output(), Window.kernel(2, 2));
          NetworkLayer flatten = build.flatten("flatten", pool.output());
          return List.of(
              new NetworkLayer[] {flat},
              new NetworkLayer[] {conv, act, pool},
              new NetworkLayer[] {flatten});
        });
  }

  @Test
  void beginBehindTheFirstLayerWithParameters() {
    Chain chain = normThenConv();
    assertEquals(List.of("act", "pool", "flatten"), layers(chain));
    NeededGradients needed = NeededGradients.of(chain.network());
    assertEquals(
        List.of(false, true, true),
        chain.network().stages().stream().map(needed::byOutput).toList());
  }

  @Test
  void areAllWhereTheInputIsAskedFor() {
    Chain chain = normThenConv();
    NeededGradients needed = NeededGradients.withInput(chain.network());
    assertTrue(chain.network().layers().stream().allMatch(needed::byInput));
  }

  @Test
  void areThoseOfSomeInputsOfAJoin() {
    BayesModule joined = Graph.of(OPTIONS, IMAGE, Wirings::inputIntoTheJoin);
    assertEquals(List.of(false, true), inputs(joined, 1));
    assertEquals(List.of("add"), layers(joined));
  }

  @Test
  void goThroughBlocksWhoeverIsBeforeThem() {
    Residual net = Residual.create(OPTIONS);
    List<String> behindTheFirst = net.layers().stream().skip(1).map(Layer::name).toList();
    assertEquals(behindTheFirst, layers(net));
    assertEquals(
        List.of("pair.first.norm", "pair.first.sum", "pair.first.act"),
        layers(net.pair().first()),
        "a block alone ends where it begins");
    assertEquals(List.of(true, true), inputs(net, 3));
    assertEquals(List.of(true, false), inputs(net.pair().first(), 2));
  }
}
