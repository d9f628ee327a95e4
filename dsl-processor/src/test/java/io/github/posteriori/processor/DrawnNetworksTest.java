package io.github.posteriori.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.JavaFileObjects;
import io.github.posteriori.BayesModule;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A network drawn at random is what the class compiles to that it prints as. */
class DrawnNetworksTest {
  @TestFactory
  Stream<DynamicTest> smallOnesPrintAsTheirClasses() {
    return LongStream.range(0, 40).mapToObj(seed -> test(DrawnNetwork.small(seed)));
  }

  @TestFactory
  Stream<DynamicTest> largeOnesPrintAsTheirClasses() {
    return LongStream.range(0, 5).mapToObj(seed -> test(DrawnNetwork.large(seed)));
  }

  private static DynamicTest test(DrawnNetwork network) {
    return DynamicTest.dynamicTest(network.name(), () -> check(network));
  }

  private static void check(DrawnNetwork network) throws Exception {
    BayesModule compiled =
        LoadedModule.create(
            network.name() + "Module",
            new int[0],
            JavaFileObjects.forSourceString(network.name(), network.toString()));
    BayesModule drawn = network.module(compiled.options());
    assertEquals(drawn.inputShape(), compiled.inputShape());
    assertEquals(drawn.layers().toString(), compiled.layers().toString());
    assertEquals(described(drawn), described(compiled));
    List<Parameter> parameters = compiled.parameters();
    for (int p = 0; p < parameters.size(); p++) {
      Parameter expected = drawn.parameters().get(p);
      assertEquals(expected.toString(), parameters.get(p).toString());
      assertArrayEquals(expected.numbers(), parameters.get(p).numbers(), expected.name());
    }
  }

  /** The stages, by the names of their layers and the numbers of the stages that they take. */
  private static List<String> described(BayesModule module) {
    return module.network().stages().stream().map(DrawnNetworksTest::described).toList();
  }

  private static String described(Stage stage) {
    return stage.inputs() + " " + stage.layers().stream().map(NetworkLayer::name).toList();
  }
}
