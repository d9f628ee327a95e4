package io.github.posteriori.processor;

import static io.github.posteriori.processor.Nets.source;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.JavaFileObjects;
import io.github.posteriori.BayesModule;
import io.github.posteriori.engine.Pass;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The graph that a module's constructor tells is the one that its forward pass runs. */
class GeneratedGraphTest {

  @Test
  void ofForksJoinsBlocksAndCustomLayers() throws Exception {
    Path golden = Path.of("src", "test", "resources", "golden", "Wired.java");
    BayesModule net =
        LoadedModule.create(
            "io.github.posteriori.golden.Wired_NetModule",
            new int[] {3, 5, 4},
            JavaFileObjects.forResource(golden.toUri().toURL()));
    check(net);
    Stage cat =
        net.network().stages().stream()
            .filter(stage -> stage.first().name().equals("cat"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of("act1", "block1.act2", "enlarge"),
        cat.inputs().stream()
            .map(input -> net.network().stage(input).orElseThrow().last().name())
            .toList());
  }

  @Test
  void ofABlockThatComesFirstAndOneThatTakesTheInputAgain() throws Exception {
    check(
        LoadedModule.create(
            "test.NetModule",
            new int[0],
            source(
                "test.Net",
                "class Outer {",
                "  @BayesModel(features = Dim.FREE) static class Half {",
                "    @Linear(out = 6) Layer a;",
                "    @Add({\"a\", \"input\"}) Layer sum;",
                "  }",
                "}",
                "@BayesModel(features = 6) class Net {",
                "  @Block Outer.Half first;",
                "  @Block(from = \"input\") Outer.Half second;",
                "  @Add({\"first\", \"second\", \"input\"}) Layer sum;",
                "  @BayesLinear(out = 3) Layer fc;",
                "}")));
  }

  private static void check(BayesModule module) {
    Tracer tracer = new Tracer();
    module.network().forward().run(tracer, new Output(Stage.INPUT));
    assertEquals(
        tracer.inputs,
        module.network().stages().stream().collect(Collectors.toMap(Stage::index, Stage::inputs)));
  }

  /** The output of a stage. */
  private record Output(int stage) implements Signal {}

  /** A forward pass that only looks at who takes whose output. */
  private static final class Tracer implements Pass {
    private final Map<Integer, List<Integer>> inputs = new TreeMap<>();

    @Override
    public Signal forward(Stage stage, Signal input) {
      return join(stage, input);
    }

    @Override
    public Signal join(Stage stage, Signal... signals) {
      inputs.put(
          stage.index(), Arrays.stream(signals).map(signal -> ((Output) signal).stage()).toList());
      return new Output(stage.index());
    }

    @Override
    public Signal backward(Stage stage, Signal outputGradient) {
      throw new AssertionError("nobody goes back");
    }

    @Override
    public Signal[] split(Stage stage, Signal outputGradient) {
      throw new AssertionError("nobody goes back");
    }

    @Override
    public Signal sum(Signal... gradients) {
      throw new AssertionError("nobody goes back");
    }
  }
}
