package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A max-pool comes before an activation where that changes nothing. */
class StageTest {
  @ParameterizedTest
  @CsvSource({
    "SOFTPLUS, true",
    "RELU, true",
    "TANH, true",
    "LEAKY_RELU, true",
    "SIGMOID, true",
    "IDENTITY, true",
    "GELU, false",
    "SILU, false"
  })
  void theLargestValueIsTakenFirstOfFunctionsThatNeverFall(Activation function, boolean first) {
    ModuleBuilder build = new ModuleBuilder("test.Stage", ModuleOptions.defaults());
    NetworkLayer act = build.activation("act", Shape.image(1, 4, 4), function);
    NetworkLayer pool = build.maxPool("pool", act.output(), Window.kernel(2, 2));
    Stage stage = new Stage(0, List.of(Stage.INPUT), List.of(act, pool));
    assertEquals(first ? List.of(pool, act) : List.of(act, pool), stage.layersPooledFirst());
  }
}
